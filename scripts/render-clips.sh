#!/bin/sh
# Renders the sentences that are played while no model can speak: raw µ-law, 8 kHz, mono, a few kB each.
# Needs espeak-ng and sox. The results are checked in; run it when a sentence changes, and listen to them:
#   play -t raw -r 8000 -e mu-law -b 8 -c 1 stream/src/main/resources/clips/one-moment.en.ulaw
set -eu
cd "$(dirname "$0")/../stream/src/main/resources/clips"

render() { # name, language, voice, sentence
    espeak-ng -v "$3" -s 150 -p 45 --stdout "$4" |
        sox -D -t wav - -t raw -r 8000 -e mu-law -b 8 -c 1 "$1.$2.ulaw" \
            silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse gain -n -6 highpass 200 pad 0.05 0.15
}

render one-moment en en-us+f3 "One moment, please."
render one-moment es es-419+f3 "Un momento, por favor."
ls -l
