#!/usr/bin/env bash
# Runs sparkgen on this machine. Without Spark: uses the one that the build assembles from Maven.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'END'
Usage: submit/local.sh COMMAND [ARGUMENTS]

Runs sparkgen in one JVM on this machine, and builds it first if that was not done yet.
Spark is $SPARK_HOME if that is set, and otherwise the one in target/spark-home.

  submit/local.sh train conf/quickstart.conf
  submit/local.sh train conf/quickstart.conf --dry-run
  submit/local.sh describe target/runs/quickstart
  submit/local.sh bench vae-mlp

Commands; more about each: submit/local.sh COMMAND --help
  train        Trains a model and leaves everything in output.path.
  sample       Draws samples from a trained model.
  export       Writes the networks of a trained model as ONNX files.
  evaluate     Measures a trained model: likelihood, and distances of its samples from real data.
  encode       Turns examples into latent vectors, and draws a map of them.
  decode       Turns latent vectors into examples.
  reconstruct  Sends examples through the latent space and back.
  compress     Turns images into codes of a few bytes.
  decompress   Turns codes into images again.
  interpolate  Draws the way from one picture to another.
  traverse     Draws what single latent dimensions change.
  score        Scores how strange examples are to a trained model.
  describe     Says what an output folder holds, its metrics and its health; or compares two.
  bench        Measures how fast this machine trains.

Environment:
  SPARKGEN_MASTER          Spark master; default local[*], of bench local[2]
  SPARKGEN_DRIVER_MEMORY   Java heap; default 2g (arrays outside of it may take as much again)
  SPARKGEN_LOG             text or json (an object a line); default text
  SPARKGEN_SPARK_OPTIONS   further options of spark-submit, separated by spaces, such as
                           --packages org.apache.hadoop:hadoop-aws:3.3.4
END
}

master='local[*]'
case ${1:-} in
  '') usage >&2; exit 2 ;;
  -h | --help | help)
    if [[ $# -gt 1 ]]; then
      set -- "$2" --help
    else
      usage
      exit 0
    fi
    ;;
  bench) master='local[2]' ;;
esac

log=$(log_configuration)
build_if_missing
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
log4j="\"-Dlog4j2.configurationFile=$project/conf/$log\""
export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} $log4j"

launch \
  --master "${SPARKGEN_MASTER:-$master}" \
  --driver-memory "${SPARKGEN_DRIVER_MEMORY:-2g}" \
  --properties-file "$project/conf/spark-defaults.conf" \
  -- "$@"
