#!/usr/bin/env bash
# Runs sparkgen on a Spark standalone cluster, the driver on this machine.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'END'
Usage: SPARKGEN_MASTER=spark://HOST:7077 submit/standalone.sh (train | sample | export | evaluate | encode | reconstruct | score | describe) [ARGUMENTS]

Submits to a standalone cluster that runs already. The driver runs here, in client mode: in cluster
mode the submitter would return 0 even when the driver fails. Input and output must be paths that
every machine sees the same: hdfs://, s3a:// or a shared folder.

  SPARKGEN_MASTER=spark://host:7077 submit/standalone.sh train hdfs://host/vae.conf

Environment:
  SPARKGEN_MASTER             the master's URL (required)
  SPARKGEN_CORES              cores over all executors; default: all there are
  SPARKGEN_EXECUTOR_CORES     cores an executor; default 2
  SPARKGEN_EXECUTOR_MEMORY    Java heap of an executor; default 2g. Leave as much again free on the
                              machine: arrays live outside of the heap, and a standalone worker
                              doesn't count them
  SPARKGEN_DRIVER_MEMORY      Java heap of the driver; default 2g
  SPARKGEN_LOG                text or json (an object a line); default text
  SPARKGEN_SPARK_OPTIONS      further options of spark-submit, separated by spaces
  SPARK_HOME                  the Spark that the cluster runs; default: target/spark-home (3.5.5)
END
}

case ${1:-} in
  '') usage >&2; exit 2 ;;
  -h | --help) usage; exit 0 ;;
esac
if [[ -z ${SPARKGEN_MASTER:-} ]]; then
  echo "sparkgen: SPARKGEN_MASTER is not set; it must be the master's URL, spark://HOST:7077" >&2
  exit 2
fi

log=$(log_configuration)
build_if_missing
log4j="\"-Dlog4j2.configurationFile=$project/conf/$log\""
export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} $log4j"
cores=()
[[ -z ${SPARKGEN_CORES:-} ]] || cores=(--total-executor-cores "$SPARKGEN_CORES")

launch \
  --master "$SPARKGEN_MASTER" --deploy-mode client \
  --properties-file "$project/conf/spark-defaults.conf" \
  --driver-memory "${SPARKGEN_DRIVER_MEMORY:-2g}" \
  --executor-memory "${SPARKGEN_EXECUTOR_MEMORY:-2g}" \
  --executor-cores "${SPARKGEN_EXECUTOR_CORES:-2}" \
  "${cores[@]}" \
  -- "$@"
