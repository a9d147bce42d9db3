#!/usr/bin/env bash
# Runs the commands that README.md and the guides in src/site/markdown show, as they stand there.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
scratch=$project/target/guides

usage() {
  cat <<'END_OF_USAGE'
Usage: submit/guides.sh [--list] [--all] [GUIDE...]

Runs, in their order, the commands in the fenced blocks of README.md and of each src/site/markdown/*.md that
begin with submit/local.sh, java or cp, and stops at the first that fails. With guides named, only theirs, after
the trainings that README.md shows. Blocks that begin with a comment that is the name of a .conf or .java
file are written to that file first. All of it happens in target/guides, made anew, beside links to the project;
what an earlier guide has left where a command writes to (--to) is deleted first. Logs are in
target/guides/logs. A command that doesn't run says why.

  --list   only show what would run
  --all    also run what needs the large data sets (SPARKGEN_DATA), and measurements, which take long

Environment, beside that of submit/local.sh:
  SPARKGEN_DATA           with --all: folder with mnist/ and fashion-mnist/ in it
  SPARKGEN_GUIDE_MINUTES  how long a command may take; default 10, with --all 600
END_OF_USAGE
}

# The files of the arguments, or all of them: README.md and the quickest guide first.
guides() {
  local name
  if [[ $# -gt 0 ]]; then
    for name in "$@"; do
      [[ -f $name ]] || name=$project/src/site/markdown/$(basename "$name" .md).md
      realpath -e "$name" || return 1
    done
    return
  fi
  echo "$project/README.md"
  echo "$project/src/site/markdown/ten-minutes.md"
  find "$project/src/site/markdown" -name '*.md' ! -name ten-minutes.md | sort
}

# commands FILE: "file:line", a tab and the command, continued lines joined, for each command of a guide.
commands() {
  awk -v file="${1#"$project"/}" '
    /^```/ { inside = !inside; held = ""; next }
    !inside { next }
    {
      line = $0
      sub(/^[ \t]+/, "", line)
      if (held == "") at = FNR
      held = held line
      if (sub(/\\$/, "", held)) next
      if (held ~ /^([A-Z_]+=[^ "]* )*(submit\/local\.sh|java|cp) /) print file ":" at "\t" held
      held = ""
    }' "$1"
}

# files FILE FOLDER: writes the blocks of a guide that begin with the name of a file.
files() {
  awk -v folder="$2" '
    /^```/ { inside = !inside; first = inside; target = ""; next }
    inside && first {
      first = 0
      if ($0 ~ /^(#|\/\/) [A-Za-z0-9_-]+\.(conf|java)$/) {
        target = folder "/" $2
        printf "" >target
      }
    }
    inside && target != "" { print >>target }' "$1"
}

# reason COMMAND: why it isn't run; nothing if it is.
reason() {
  local named large='mnist-|mnist/|cifar'
  named=$(grep -o 'conf/[A-Za-z0-9-]*\.conf' <<<"$1" | head -n 1 || true)
  if grep -qE 's3a?://|hdfs://' <<<"$1"; then
    echo 'its storage is a cluster'
  elif grep -qE '&[[:space:]]*(#.*)?$' <<<"$1"; then
    echo 'it runs in the background'
  elif [[ $all == no ]] && grep -qE 'local\.sh bench( |$)' <<<"$1"; then
    echo 'it measures for minutes: --all'
  elif [[ $all == no ]] && grep -qE "$large|SPARKGEN_DATA" <<<"$1"; then
    echo 'it needs a large data set: --all'
  elif [[ $all == no && -n $named && -f $project/$named ]] && grep -q 'SPARKGEN_DATA' "$project/$named"; then
    echo 'its configuration needs a large data set: --all'
  fi
}

# A folder that looks like the project, but has a target and data sets of its own.
prepare() {
  local entry
  rm -rf "$scratch"
  mkdir -p "$scratch/target" "$scratch/logs" "$scratch/datasets"
  for entry in "$project"/*; do
    case $(basename "$entry") in
      target | datasets) ;;
      *) ln -s "$entry" "$scratch/" ;;
    esac
  done
  for entry in "$project"/datasets/* ${SPARKGEN_DATA:+"$SPARKGEN_DATA"/*}; do
    ln -sfn "$entry" "$scratch/datasets/"
  done
  ln -s "$(application)" "$scratch/target/"
  [[ -n ${SPARK_HOME:-} ]] || ln -s "$project/target/spark-home" "$scratch/target/spark-home"
}

# clear COMMAND: what is in the way of what it writes.
clear_target() {
  local to
  to=$(grep -oE -- '--to[ =]+target/[^ ]+' <<<"$1" | sed 's/^--to[ =]*//' | head -n 1 || true)
  [[ -z $to || $to == *..* ]] || rm -rf "${scratch:?}/$to"
}

# execute NUMBER PLACE COMMAND: ends the script if it fails.
execute() {
  local log began=$SECONDS
  log=$scratch/logs/$(printf '%03d' "$1").log
  clear_target "$3"
  printf '%s  %s\n' "$2" "$3"
  printf '$ %s\n' "$3" >"$log"
  (cd "$scratch" && timeout "${minutes}m" bash -c "$3") >>"$log" 2>&1 </dev/null || {
    local code=$?
    tail -n 20 "$log" >&2
    echo "sparkgen: $2: this command ended with code $code; see $log" >&2
    exit 1
  }
  printf '    %s s\n' $((SECONDS - began))
}

# What a guide may build on: the trainings of the README.
trainings() {
  commands "$project/README.md" | grep -F $'\tsubmit/local.sh train ' || true
}

all=no list=no named=()
for argument in "$@"; do
  case $argument in
    -h | --help)
      usage
      exit 0
      ;;
    --all) all=yes ;;
    --list) list=yes ;;
    -*)
      usage >&2
      exit 2
      ;;
    *) named+=("$argument") ;;
  esac
done
minutes=${SPARKGEN_GUIDE_MINUTES:-$([[ $all == yes ]] && echo 600 || echo 10)}
shown=$(guides "${named[@]}")
mapfile -t pages <<<"$shown"
shown=$(
  [[ ${#named[@]} -eq 0 ]] || trainings
  for page in "${pages[@]}"; do commands "$page"; done
)
mapfile -t found <<<"$shown"
if [[ $list == no ]]; then
  build_if_missing
  prepare
  for page in "${pages[@]}"; do files "$page" "$scratch"; done
fi

declare -A seen
ran=0 skipped=0
for entry in "${found[@]}"; do
  place=${entry%%$'\t'*}
  command=${entry#*$'\t'}
  words=$(sed 's/[[:space:]]\+#.*$//; s/[[:space:]]\+/ /g' <<<"$command")
  why=$(reason "$command")
  [[ -z ${seen[$words]:-} ]] || why="as in ${seen[$words]}"
  seen[$words]=${seen[$words]:-$place}
  if [[ -n $why ]]; then
    skipped=$((skipped + 1))
    printf '%s  %s\n    not run: %s\n' "$place" "$words" "$why"
  elif [[ $list == yes ]]; then
    ran=$((ran + 1))
    printf '%s  %s\n' "$place" "$words"
  else
    ran=$((ran + 1))
    execute "$ran" "$place" "$words"
  fi
done
[[ $ran -gt 0 ]] || {
  echo 'sparkgen: no command found' >&2
  exit 1
}
echo "$ran commands $([[ $list == yes ]] && echo 'would run' || echo 'ran'), $skipped did not, in $((SECONDS / 60)) min $((SECONDS % 60)) s"
