# What the scripts beside this one share; to be sourced.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The newest application jar, or nothing.
application() {
  find "$project/target/" -maxdepth 1 -name 'sparkgen-*-app.jar' 2>/dev/null | sort | tail -n 1
}

# Builds the application jar and the Spark in target/spark-home, where one is needed and missing.
build_if_missing() {
  if [[ -z $(application) || (-z ${SPARK_HOME:-} && ! -d $project/target/spark-home/jars) ]]; then
    echo "sparkgen: not built yet. Maven fetches dependencies and compiles, once: about 2 minutes," \
      "and longer where the network is slow" >&2
    tell_time &
    ticker=$!
    trap 'kill "$ticker" 2>/dev/null || true' EXIT
    (cd "$project" && mvn -B -q -Dstyle.color=never -DskipTests package) >&2
    kill "$ticker" 2>/dev/null || true
    trap - EXIT
    echo "sparkgen: built in $SECONDS s" >&2
  fi
}

# Says every 20 seconds that the build goes on, as long as the script does.
tell_time() {
  local waited=0
  while sleep 20 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    waited=$((waited + 20))
    echo "sparkgen: still building, $waited s" >&2
  done
}

# The name of the log4j2 configuration in conf/.
log_configuration() {
  case ${SPARKGEN_LOG:-text} in
    text) echo log4j2.properties ;;
    json) echo log4j2-json.properties ;;
    *)
      echo "sparkgen: SPARKGEN_LOG is '$SPARKGEN_LOG'; it must be text or json" >&2
      return 2
      ;;
  esac
}

# launch OPTIONS -- ARGUMENTS: becomes spark-submit with those options and the application's
# arguments, so that signals reach it and its exit code is this script's. $scheme, if there is one, goes
# before the application's path.
launch() {
  local options=() further
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  read -r -a further <<<"${SPARKGEN_SPARK_OPTIONS:-}"
  options+=("${further[@]}" --class org.sparkgen.cli.Main "${scheme:-}$(application)" "$@")

  # One native thread a task: see conf/spark-defaults.conf.
  export OMP_NUM_THREADS=1
  if [[ -n ${SPARK_HOME:-} ]]; then
    exec "$SPARK_HOME/bin/spark-submit" "${options[@]}"
  fi
  launch_assembled "${options[@]}"
}

# What bin/spark-submit does, for a Spark that is only jars. Spark's launcher prints a NUL, a line
# break, and then the words of the Java command, with the modules that Spark needs opened, each
# ended by a NUL.
launch_assembled() {
  export SPARK_HOME=$project/target/spark-home
  export SPARK_SCALA_VERSION=2.12
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java words command
  words=$(mktemp)
  "$java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit "$@" >"$words"
  mapfile -d '' -t command <"$words"
  rm -f "$words"
  command=("${command[@]:1}")
  command[0]=${command[0]#$'\n'}
  exec "${command[@]}"
}
