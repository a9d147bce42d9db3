# What the scripts that measure share; to be sourced after $here, $project and $runs are set.

# train NAME CONF KEY=VALUE...: unless that was done.
train() {
  local name=$1 conf=$2 setting settings=()
  shift 2
  for setting in "$@"; do settings+=(--set "$setting"); done
  quietly "$name.log" "$here/local.sh" train "$project/conf/$conf" "${settings[@]}" \
    --set "output.path=$runs/$name" --set output.gridEvery=0
}

# quietly LOG COMMAND...: what it prints goes to a log below $runs; ends the script if it fails.
quietly() {
  local log=$runs/$1
  shift
  mkdir -p "$runs"
  "$@" >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    echo "sparkgen: see $log" >&2
    exit 1
  }
}

# value FILE PATH: a number in an indented JSON file, such as samples.frechetDistance.value.
value() {
  awk -v wanted="$2" '
    match($0, /"[A-Za-z0-9]+" :/) { key = substr($0, RSTART + 1, RLENGTH - 4) }
    /[{[]$/ { stack[++depth] = key; next }
    /^ *[]}]/ { depth--; next }
    / : / {
      path = ""
      for (i = 2; i <= depth; i++) path = path stack[i] "."
      if (path key == wanted) { sub(/^.* : /, ""); sub(/,$/, ""); print; exit }
    }' "$1"
}

# budget NAME: images seen and minutes trained.
budget() {
  local images seconds
  images=$(grep -o '"examples":[0-9]*' "$runs/$1/metrics.jsonl" | awk -F: '{ sum += $2 } END { printf "%.0f", sum }')
  seconds=$(value "$runs/$1/result.json" elapsedSeconds)
  awk -v images="$images" -v seconds="$seconds" \
    'BEGIN { printf "%.2f million | %.1f min", images / 1e6, seconds / 60 }'
}
