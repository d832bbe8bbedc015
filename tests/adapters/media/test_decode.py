"""Files of every kind, read in the jail, give the pixels that Pillow gives outside it."""

from __future__ import annotations

import io

import numpy as np
import pdqhash
import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps

import haalweg
from haalweg.adapters.media import Limits, MediaError, MediaPool
from haalweg.signals import view_of
from tests.adapters.media.pictures_in_files import FORMATS, drawn, saved


@pytest.mark.parametrize("name", FORMATS)
def test_every_named_format_gives_the_pixels_that_pillow_gives(pool, name):
    data = saved(drawn(), name)
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(pool.load_pixels(data), expected)
    assert pool.hash_image(data) == haalweg.hash_pixels(expected)


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0}, {"quality": 30}, {"subsampling": 1}])
def test_every_kind_of_jpeg_gives_the_pixels_that_pillow_gives(pool, options):
    data = saved(drawn(333, 217), "JPEG", **options)
    assert np.array_equal(pool.load_pixels(data), np.asarray(Image.open(io.BytesIO(data))))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_as_exif_says(pool, orientation):
    image = drawn()
    exif = image.getexif()
    exif[0x0112] = orientation
    data = saved(image, "JPEG", exif=exif)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert np.array_equal(pool.load_pixels(data), expected)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "L"])
def test_alpha_is_dropped_not_blended_as_threatexchange_does(pool, mode):
    image = drawn(512, 384).convert(mode)
    if mode.endswith("A"):
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    data = saved(image, "PNG")
    opened = Image.open(io.BytesIO(data))
    # What threatexchange hands to pdqhash: the array as it is, LA as RGB, one channel three times.
    array = np.asarray(opened.convert("RGB") if mode == "LA" else opened)
    channels = np.repeat(array[..., None], 3, axis=2) if array.ndim == 2 else np.ascontiguousarray(array[..., :3])
    assert bytes(pool.hash_image(data).hash) == np.packbits(pdqhash.compute(channels)[0]).tobytes()


@pytest.mark.parametrize(("mode", "name"), [("P", "PNG"), ("1", "PNG"), ("CMYK", "JPEG")])
def test_other_modes_become_rgb(pool, mode, name):
    image = drawn().convert(mode)
    data = saved(image, name)
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(pool.load_pixels(data), expected)


def test_sixteen_bits_are_scaled_not_cut_off(pool):
    grey = np.asarray(drawn().convert("L"))
    data = saved(Image.fromarray(grey.astype(np.uint16) * 257), "PNG")
    assert np.array_equal(pool.load_pixels(data)[..., 1], grey)


def test_a_profile_other_than_srgb_is_converted(pool):
    image = drawn()
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = saved(image, "PNG", icc_profile=lab_like.tobytes())
    assert np.array_equal(pool.load_pixels(data), np.asarray(image)), "sRGB itself is left as it is"


def test_a_broken_profile_is_as_none(pool):
    image = drawn()
    assert np.array_equal(pool.load_pixels(saved(image, "PNG", icc_profile=b"no profile" * 30)), np.asarray(image))


def test_each_distinct_frame_of_an_animation_once(pool):
    one, two = drawn().convert("P"), ImageOps.mirror(drawn()).convert("P")
    data = saved(one, "GIF", save_all=True, append_images=[two, one, two], duration=50, optimize=False)
    parts = [part for part in pool.signatures_of(data) if part.inner is None]
    assert [part.frame for part in parts] == [0, 1]


def test_a_view_is_what_traces_are_looked_for_in(pool):
    data = saved(drawn(1000, 700), "PNG")
    picture = pool.picture_of(data)
    assert picture.parts == pool.signatures_of(data)
    (view,) = picture.views
    expected = view_of(0, pool.load_pixels(data))
    assert expected is not None
    assert (view.frame, view.width, view.height) == (0, 1000, 700)
    assert np.array_equal(view.grey, expected.grey)


def test_of_an_animation_the_frames_that_differ_in_what_they_show_have_a_view(pool):
    frames = [drawn(), ImageChops.offset(drawn(), 1, 0), ImageOps.mirror(drawn())]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    picture = pool.picture_of(data)
    assert {part.frame for part in picture.parts} == {0, 1, 2}
    assert [view.frame for view in picture.views] == [0, 2]


def test_a_strip_has_parts_but_no_view(pool):
    picture = pool.picture_of(saved(drawn(5000, 10), "PNG"))
    assert (len(picture.parts), picture.views) == (1, ())


def test_no_more_frames_than_the_limit_says():
    frames = [Image.fromarray(np.roll(np.asarray(drawn()), 9 * shift, axis=1)) for shift in range(12)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=50, lossless=True)
    with MediaPool(limits=Limits(frames=5)) as few:
        assert len({part.frame for part in few.signatures_of(data)}) == 5


def test_tiff_only_if_asked_for(pool):
    data = saved(drawn(), "TIFF")
    with pytest.raises(MediaError, match="only if asked for"):
        pool.hash_image(data)
    assert pool.hash_image(data, tiff=True) == haalweg.hash_pixels(np.asarray(drawn()))


def test_fast_reads_only_large_jpegs_another_way(pool):
    small = saved(drawn(640, 511), "JPEG")
    assert pool.hash_image(small, fast=True) == pool.hash_image(small)
    large = saved(drawn(640, 512), "JPEG", quality=90)
    near, exact = pool.hash_image(large, fast=True), pool.hash_image(large)
    assert near.hash.distance(exact.hash) <= 8


def test_fast_leaves_a_turned_picture_to_the_full_decoder(pool):
    image = drawn(640, 512)
    exif = image.getexif()
    exif[0x0112] = 6
    data = saved(image, "JPEG", exif=exif)
    assert pool.hash_image(data, fast=True) == pool.hash_image(data)
