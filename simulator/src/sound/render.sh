#!/bin/sh
# Renders the recorded speech of one side: ./render.sh caller
#
# Reads <side>.tsv, writes 8 kHz mu-law without a header and clips.tsv to ../main/resources/sound/<side>. The results are
# committed: the build never runs this. Needs espeak-ng and sox. Leading and trailing silence is cut off, so that "the
# clip has ended" is "the speaker has stopped".
set -eu
cd "$(dirname "$0")"
side=${1:?which side: caller or assistant}
out=../main/resources/sound/$side
mkdir -p "$out"
: >"$out/clips.tsv"
grep -v '^#' "$side.tsv" | while IFS="$(printf '\t')" read -r name voice speed text; do
    espeak-ng -v "$voice" -s "$speed" --stdout "$text" |
        sox -t wav - -t ul -r 8000 -c 1 "$out/$name.ulaw" norm -3 \
            silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse
    printf '%s\t%s\n' "$name" "$text" >>"$out/clips.tsv"
done
