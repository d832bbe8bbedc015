"""The validator, in a Django project of its own, with a real gate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest

from tests.gate.gates import free_port

# A project as its developer writes it: docs/how-to/hooks.md.
PROJECT = """
import json
import os

from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import override

from haalweg.client.django import check_upload

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="of a test",
    INSTALLED_APPS=["project"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    MEDIA_ROOT=os.environ["MEDIA"],
    HAALWEG_GATE=json.loads(os.environ["GATE"]),
    FILE_UPLOAD_HANDLERS=["django.core.files.uploadhandler.MemoryFileUploadHandler"],
    FILE_UPLOAD_MAX_MEMORY_SIZE=20_000_000,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
application = get_wsgi_application()

from django.db import connection, models


class Post(models.Model):
    picture = models.FileField(upload_to="posts", validators=[check_upload])

    class Meta:
        app_label = "project"


class PostForm(forms.ModelForm):
    class Meta:
        model = Post
        fields = ["picture"]


class PictureForm(forms.Form):
    picture = forms.FileField(validators=[check_upload])


def answer(form, upload):
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=422)
    checked = form.cleaned_data["picture"].haalweg
    return JsonResponse({"action": checked.action, "trouble": checked.trouble, "bytes": len(upload.read())})


def upload(request):
    with override(request.GET.get("language", "en")):
        form = PictureForm(request.POST, request.FILES)
        return answer(form, request.FILES.get("picture"))


def post(request):
    form = PostForm(request.POST, request.FILES)
    answered = answer(form, request.FILES.get("picture"))
    if form.is_valid():
        saved = form.save()
        saved.full_clean()  # what is stored is not sent to the gate again
    return answered


urlpatterns = [path("upload", upload), path("post", post)]
with connection.schema_editor() as editor:
    editor.create_model(Post)
"""
ASKING = """
import json, sys

spilled = []
sys.addaudithook(lambda event, given: spilled.append(given) if event == "tempfile.mkstemp" else None)

from django.core.files.uploadedfile import SimpleUploadedFile
import project
from django.test import Client

answers = []
for path, file, language in json.loads(sys.argv[1]):
    upload = SimpleUploadedFile("a.jpg", open(file, "rb").read(), "image/jpeg")
    answer = Client().post(f"/{path}?language={language}", {"picture": upload})
    answers.append([answer.status_code, json.loads(answer.content)])
assert not spilled, f"temporary files: {spilled}"
print(json.dumps(answers))
"""


@pytest.fixture
def ask(tmp_path, gate):
    (tmp_path / "project.py").write_text(PROJECT)
    (tmp_path / "asking.py").write_text(ASKING)
    (tmp_path / "media").mkdir()

    def run(*asked, fails=False, **settings):
        given = {"address": gate.url, "key": gate.uploads, "on_failure": "hold"} | settings
        files = []
        for number, (path, data, language) in enumerate(asked):
            file = tmp_path / f"{number}.upload"
            file.write_bytes(data)
            files.append((path, str(file), language))
        environment = os.environ | {
            "GATE": json.dumps({name: value for name, value in given.items() if value is not None}),
            "MEDIA": str(tmp_path / "media"),
            "PYTHONPATH": str(tmp_path),
        }
        done = subprocess.run(
            [sys.executable, tmp_path / "asking.py", json.dumps(files)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode != 0) is fails, done.stderr
        return done.stderr if fails else json.loads(done.stdout)

    return run


def test_a_blocked_upload_is_refused_with_the_statement_in_the_language_of_the_page(ask, uploads):
    english, dutch = ask(("upload", uploads.blocked, "en"), ("upload", uploads.blocked, "nl-be"))
    assert (english[0], dutch[0]) == (422, 422)
    (said,) = english[1]["picture"]
    assert said["message"].startswith("What you tried to post on Forum De Brink was not posted.")
    assert said["code"] == "haalweg_blocked"
    assert dutch[1]["picture"][0]["message"].startswith("Wat je wilde plaatsen op Forum De Brink is niet geplaatst.")


def test_a_held_upload_is_valid_and_the_view_hears_of_it(ask, uploads):
    held, passes = ask(("upload", uploads.held, "en"), ("upload", uploads.passes, "en"))
    assert held == [200, {"action": "hold", "trouble": None, "bytes": len(uploads.held)}]
    assert passes == [200, {"action": "allow", "trouble": None, "bytes": len(uploads.passes)}]


def test_a_model_is_checked_before_its_file_is_stored(ask, uploads, tmp_path):
    held, blocked = ask(("post", uploads.held, "en"), ("post", uploads.blocked, "en"))
    assert (held[0], held[1]["action"], blocked[0]) == (200, "hold", 422)
    (stored,) = (tmp_path / "media" / "posts").iterdir()
    assert stored.read_bytes() == uploads.held


@pytest.mark.threat("G3")
def test_a_large_upload_is_in_no_temporary_file(ask, uploads):
    large = uploads.held + bytes(15_000_000)
    (answer,) = ask(("upload", large, "en"))
    assert answer == [200, {"action": "hold", "trouble": None, "bytes": len(large)}]


def test_an_upload_beyond_what_may_be_in_memory_is_no_upload(ask, uploads):
    (answer,) = ask(("upload", uploads.held + bytes(21_000_000), "en"))
    assert answer[0] == 422
    assert answer[1]["picture"][0]["code"] == "required"


@pytest.mark.threat("G7")
def test_without_a_gate_the_chosen_action_holds(ask, uploads):
    away = f"http://127.0.0.1:{free_port()}"
    (held,) = ask(("upload", uploads.passes, "en"), address=away)
    assert (held[1]["action"], held[1]["trouble"]) == ("hold", "The gate cannot be reached (ConnectError).")
    (blocked,) = ask(("upload", uploads.passes, "nl"), address=away, on_failure="block")
    assert blocked[1]["picture"][0]["message"] == "Dit kon niet worden geplaatst."
    (ended,) = ask(("upload", uploads.passes, "en"), key="hwk_ended")
    assert ended[1]["action"] == "hold"
    assert ended[1]["trouble"].startswith("No key that is known")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"on_failure": None}, "HAALWEG_GATE: address, key and on_failure are expected."),
        ({"on_failure": "ignore"}, "HAALWEG_GATE: on_failure: one of allow, hold, block is expected."),
        ({"timeout": 3}, "HAALWEG_GATE: "),
    ],
)
def test_settings_that_cannot_be_used_are_said(ask, uploads, settings, said):
    assert f"ImproperlyConfigured: {said}" in ask(("upload", uploads.passes, "en"), fails=True, **settings)


def test_a_validator_goes_into_a_migration_by_its_name():
    code = textwrap.dedent("""
        from django.db.migrations.serializer import serializer_factory
        from haalweg.client.django import check_upload
        assert serializer_factory(check_upload).serialize()[0] == "haalweg.client.django.check_upload"
    """)
    subprocess.run([sys.executable, "-c", code], check=True)
