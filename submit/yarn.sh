#!/usr/bin/env bash
# Runs sparkgen on a YARN cluster.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'END'
Usage: submit/yarn.sh (train | sample | export | evaluate | encode | reconstruct | score | describe) [ARGUMENTS]

Submits to the YARN cluster of HADOOP_CONF_DIR with the Spark of SPARK_HOME, and waits for the end.
In cluster mode the driver runs on the cluster, so that this machine may go away; the configuration
must then be on a path that the cluster sees. What the exit code doesn't tell there, result.json in
the output folder does.

  hdfs dfs -put conf/mnist-vae.conf /user/me/
  submit/yarn.sh train hdfs:///user/me/mnist-vae.conf --set output.path=hdfs:///user/me/vae

Environment:
  SPARK_HOME                  a Spark 3.5 with YARN (required)
  HADOOP_CONF_DIR             the folder of core-site.xml and yarn-site.xml (required)
  SPARKGEN_DEPLOY_MODE        cluster or client; default cluster
  SPARKGEN_QUEUE              YARN queue; default: default
  SPARKGEN_EXECUTORS          number of executors; default 2
  SPARKGEN_EXECUTOR_CORES     cores an executor, each training one shard at a time; default 2
  SPARKGEN_EXECUTOR_MEMORY    Java heap of an executor; default 2g
  SPARKGEN_EXECUTOR_OVERHEAD  its memory outside of the heap, where the arrays live; default 2g.
                              With another size, set javacpp's limits as conf/spark-defaults.conf says
  SPARKGEN_DRIVER_MEMORY      Java heap of the driver, which gets 2g outside of it; default 2g
  SPARKGEN_LOG                text or json (an object a line); default text
  SPARKGEN_SPARK_OPTIONS      further options of spark-submit, separated by spaces
END
}

case ${1:-} in
  '') usage >&2; exit 2 ;;
  -h | --help) usage; exit 0 ;;
esac
for name in SPARK_HOME HADOOP_CONF_DIR; do
  if [[ -z ${!name:-} ]]; then
    echo "sparkgen: $name is not set; submit/yarn.sh --help says what it must be" >&2
    exit 2
  fi
done

log=$(log_configuration)
build_if_missing
mode=${SPARKGEN_DEPLOY_MODE:-cluster}
driver_log4j=$log
[[ $mode == cluster ]] || driver_log4j=$project/conf/$log

launch \
  --master yarn --deploy-mode "$mode" \
  --queue "${SPARKGEN_QUEUE:-default}" \
  --properties-file "$project/conf/spark-defaults.conf" \
  --files "$project/conf/$log" \
  --conf "spark.driver.defaultJavaOptions=\"-Dlog4j2.configurationFile=$driver_log4j\"" \
  --conf "spark.executor.defaultJavaOptions=-Dlog4j2.configurationFile=$log" \
  --conf spark.yarn.appMasterEnv.OMP_NUM_THREADS=1 \
  --conf spark.driver.memoryOverhead=2g \
  --conf "spark.executor.memoryOverhead=${SPARKGEN_EXECUTOR_OVERHEAD:-2g}" \
  --num-executors "${SPARKGEN_EXECUTORS:-2}" \
  --executor-cores "${SPARKGEN_EXECUTOR_CORES:-2}" \
  --executor-memory "${SPARKGEN_EXECUTOR_MEMORY:-2g}" \
  --driver-memory "${SPARKGEN_DRIVER_MEMORY:-2g}" \
  -- "$@"
