#!/usr/bin/env bash
# The table about anomaly scores in src/site/markdown/results.md: for each digit of MNIST a model that has
# never seen it, and how well scores tell that digit among all test images; prints Markdown.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/.." && pwd)
runs=${SPARKGEN_QUALITY:-$project/target/quality}
source "$here/measuring.sh"

usage() {
  cat <<'END'
Usage: submit/anomaly.sh [SCORE...]

Trains a VAE (conf/mnist-anomaly.conf) without each digit in turn, scores the 10,000 test images, and
prints the areas under the ROC curve as Markdown. What is done is not done again, and a training that was
stopped goes on where it was. Scores: encoder-distance if none is given, otherwise those that
`sparkgen score --score` takes. 20 to 40 minutes for two cores.

Environment, beside that of submit/local.sh:
  SPARKGEN_DATA     folder with mnist/ in it
  SPARKGEN_QUALITY  folder for trainings and scores; default target/quality
END
}

case ${1:-} in
  -h | --help)
    usage
    exit 0
    ;;
esac
[[ $# -gt 0 ]] || set -- encoder-distance
images=${SPARKGEN_DATA:-$project/datasets}/mnist/t10k-images-idx3-ubyte.gz
labels=${SPARKGEN_DATA:-$project/datasets}/mnist/t10k-labels-idx1-ubyte.gz

# area DIGIT SCORE: of the model that has not seen the digit.
area() {
  local to=$runs/anomaly-$1-$2
  if [[ ! -s $to/scores.json ]]; then
    rm -rf "$to"
    quietly "anomaly-$1-$2.log" "$here/local.sh" score "$runs/anomaly-$1" --score "$2" --foreign "$1" \
      --reference 0 --data "$images" --labels "$labels" --to "$to"
  fi
  value "$to/scores.json" separation.rocAuc
}

for score in "$@"; do
  case $score in
    negative-elbo | negative-log-likelihood | reconstruction | encoder-distance | discriminator-distance) ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
done

declare -A sums
printf '| digit left out |'
printf ' `%s` |' "$@"
printf '\n|---|'
printf -- '---|%.0s' "$@"
printf '\n'
for digit in 0 1 2 3 4 5 6 7 8 9; do
  train "anomaly-$digit" mnist-anomaly.conf "data.excludedClasses=[$digit]"
  row="| $digit |"
  for score in "$@"; do
    found=$(area "$digit" "$score")
    sums[$score]=$(awk -v a="${sums[$score]:-0}" -v b="$found" 'BEGIN { printf "%.9f", a + b }')
    row+=$(printf ' %.3f |' "$found")
  done
  echo "$row"
done
printf '| **mean** |'
for score in "$@"; do
  printf ' **%.3f** |' "$(awk -v sum="${sums[$score]}" 'BEGIN { print sum / 10 }')"
done
printf '\n'
