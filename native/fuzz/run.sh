#!/usr/bin/env bash
# Fuzzes each native/fuzz/fuzz_*.cpp for that many seconds: native/fuzz/run.sh SECONDS. Needs clang with libFuzzer.
# What it finds stays in a folder of its own under the system's temporary folder, which it names.
set -euo pipefail
seconds=${1:?"native/fuzz/run.sh SECONDS: say how long each target runs"}
cd "$(dirname "$0")/../.."
if ! command -v clang++ >/dev/null; then
  echo "SKIPPED fuzzing: there is no clang++ (on Debian and Ubuntu: apt-get install clang libclang-rt-14-dev)"
  exit 0
fi
work=$(mktemp -d)
echo "builds, seeds and findings: $work"
flags=(-std=c++20 -O1 -g -w -ffp-contract=off -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
  -DHAALWEG_ISA=baseline -Inative/include -Inative/src)
# The core is built once for all of them.
printf '%s\n' native/src/*.cpp | xargs -P "$(nproc)" -I{} sh -c 'clang++ "$@" -c {} -o "$0/$(basename {}).o"' "$work" "${flags[@]/#-fsanitize=fuzzer/-fsanitize=fuzzer-no-link}"
for source in native/fuzz/fuzz_*.cpp; do
  name=$(basename "$source" .cpp)
  clang++ "${flags[@]}" "$source" "$work"/*.o -o "$work/$name"
  mkdir "$work/$name-seeds"
  if [ -e "native/fuzz/seeds_${name#fuzz_}.py" ]; then "${PYTHON:-python3}" "native/fuzz/seeds_${name#fuzz_}.py" "$work/$name-seeds"; fi
  (cd "$work" && "./$name" -max_total_time="$seconds" -timeout=20 -print_final_stats=1 "$name-seeds")
done
