#!/usr/bin/env bash
# What the container of job.yaml runs: spark-submit in client mode, so that the container's exit code is the
# driver's. In cluster mode spark-submit returns 0 however the driver ends.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

for name in POD_NAME POD_NAMESPACE POD_IP SPARKGEN_IMAGE; do
  if [[ -z ${!name:-} ]]; then
    echo "sparkgen: $name is not set; submit/kubernetes/job.yaml sets it" >&2
    exit 2
  fi
done

log=$(log_configuration)
log4j="-Dlog4j2.configurationFile=$project/conf/$log"
export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} \"$log4j\""
# Every machine has it, as part of the image.
scheme=local://

# Executors find the driver by its address: no name has to be known first, and what is left of the executors of
# an earlier try can't come to this one. They belong to this pod and go when it goes. The last options spare
# services, config maps and volume claims, and the permission to make them.
launch \
  --master "${SPARKGEN_MASTER:-k8s://https://${KUBERNETES_SERVICE_HOST:-}:${KUBERNETES_SERVICE_PORT:-443}}" \
  --deploy-mode client \
  --properties-file "$project/conf/spark-defaults.conf" \
  --driver-memory "${SPARKGEN_DRIVER_MEMORY:-2g}" \
  --conf "spark.driver.host=$POD_IP" \
  --conf "spark.executor.instances=${SPARKGEN_EXECUTORS:-2}" \
  --conf "spark.executor.cores=${SPARKGEN_EXECUTOR_CORES:-2}" \
  --conf "spark.executor.defaultJavaOptions=$log4j" \
  --conf "spark.kubernetes.namespace=$POD_NAMESPACE" \
  --conf "spark.kubernetes.driver.pod.name=$POD_NAME" \
  --conf "spark.kubernetes.container.image=$SPARKGEN_IMAGE" \
  --conf spark.kubernetes.authenticate.executor.serviceAccountName=sparkgen-executor \
  --conf "spark.kubernetes.executor.podTemplateFile=$project/submit/kubernetes/executor-pod.yaml" \
  --conf spark.kubernetes.executor.podTemplateContainerName=executor \
  --conf spark.kubernetes.executor.podNamePrefix="$POD_NAME" \
  --conf spark.kubernetes.executor.disableConfigMap=true \
  --conf spark.kubernetes.driver.service.deleteOnTermination=false \
  --conf spark.kubernetes.driver.ownPersistentVolumeClaim=false \
  -- "$@"
