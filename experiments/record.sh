#!/bin/sh
# Keeps of a bundle what a repository may hold: summaries, settings, digests and times, no texts.
#
#   experiments/record.sh results/sst2 experiments/results/sst2
set -eu
bundle=$1
record=$2
mkdir -p "$record"
for file in summary.md summary.csv settings.json lock.json provenance.json; do
  cp "$bundle/$file" "$record/$file"
done
cp "$bundle/runtime/times.json" "$record/times.json"
