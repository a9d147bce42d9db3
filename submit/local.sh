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
  submit/local.sh train --help
  submit/local.sh bench vae-mlp

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
  -h | --help) usage; exit 0 ;;
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
