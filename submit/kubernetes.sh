#!/usr/bin/env bash
# Runs sparkgen on Kubernetes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
recipes=$project/submit/kubernetes

usage() {
  cat <<'END'
Usage: submit/kubernetes.sh image
       submit/kubernetes.sh [--print] COMMAND [ARGUMENTS]

The first builds the image of driver and executors, which is then to be pushed to where the cluster
finds it. The second makes a job of submit/kubernetes/job.yaml, shows what the driver writes, and ends
with the driver's exit code; --print shows the job instead. It needs kubectl, and once for each namespace

  kubectl apply -f submit/kubernetes/access.yaml
  kubectl create secret generic sparkgen-s3 --from-env-file=FILE    # where no role gives access to S3

  SPARKGEN_IMAGE=registry/sparkgen:1 submit/kubernetes.sh train s3a://bucket/vae.conf

Kubernetes starts a driver again that was killed or failed, up to six times, but not after the codes
2, 3 and 4. This script may be killed: the job goes on. Configuration, input and output must be on a
storage that every pod sees.

Environment:
  SPARKGEN_IMAGE              the image; default sparkgen:0.1.0-SNAPSHOT
  SPARKGEN_BUILDER            docker or podman; default docker
  SPARKGEN_JOB                name of the job; default sparkgen-COMMAND-TIME
  SPARKGEN_EXECUTORS          number of executors; default 2
  SPARKGEN_EXECUTOR_CORES     cores an executor, each training one shard at a time; default 2
  SPARKGEN_SPARK_OPTIONS      further options of spark-submit, separated by spaces; no secrets, as the
                              job shows them
END
}

# The folder that the image is built in: of the project only what it needs.
stage() {
  local stage=$project/target/image
  rm -rf "$stage"
  mkdir -p "$stage/jars" "$stage/sparkgen/target"
  cp -R "$project/submit" "$project/conf" "$project/LICENSE" "$stage/sparkgen/"
  cp "$(application)" "$stage/sparkgen/target/"
  local artifact
  for artifact in org.apache.hadoop:hadoop-aws:3.3.4 com.amazonaws:aws-java-sdk-bundle:1.12.262; do
    (cd "$project" && mvn -B -q dependency:copy -Dartifact="$artifact" -DoutputDirectory="$stage/jars" \
      -Dmdep.useBaseVersion=true) >&2
  done
}

build_image() {
  build_if_missing
  stage
  "${SPARKGEN_BUILDER:-docker}" build --file "$recipes/Containerfile" --tag "$image" "$project/target/image"
}

# A string of YAML, with $( as the cluster's own expansion leaves it.
quoted() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  text=${text//'$('/'$$('}
  printf '"%s"' "$text"
}

# manifest JOB ARGUMENTS: job.yaml with the values of the lines that are marked with #<.
manifest() {
  local job=$1 argument args=''
  shift
  for argument in "$@"; do args+=${args:+, }$(quoted "$argument"); done
  fill_name=$(quoted "$job") fill_image=$(quoted "$image") fill_args="[$args]" \
    fill_executors=$(quoted "${SPARKGEN_EXECUTORS:-2}") fill_cores=$(quoted "${SPARKGEN_EXECUTOR_CORES:-2}") \
    fill_options=$(quoted "${SPARKGEN_SPARK_OPTIONS:-}") \
    awk '
      match($0, / #<[a-z]+$/) {
        print substr($0, 1, index($0, ": ") + 1) ENVIRON["fill_" substr($0, RSTART + 3)]
        next
      }
      { print }' "$recipes/job.yaml"
}

# newest JSONPATH: of the youngest pod of the job.
newest() {
  kubectl get pods --selector "job-name=$job" --sort-by=.metadata.creationTimestamp \
    --output "jsonpath={.items[-1:]$1}"
}

# Shows what each driver writes; returns when the job has ended.
follow() {
  local pod phase seen='' conditions
  while true; do
    conditions=$(kubectl get job "$job" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
    pod=$(newest .metadata.name)
    phase=$(newest .status.phase)
    if [[ -n $pod && $pod != "$seen" && $phase != Pending ]]; then
      seen=$pod
      kubectl logs --follow "$pod" || true
    elif [[ $conditions =~ (Complete|Failed) ]]; then
      return
    else
      sleep 3
    fi
  done
}

image=${SPARKGEN_IMAGE:-sparkgen:0.1.0-SNAPSHOT}
print=no
case ${1:-} in
  '') usage >&2; exit 2 ;;
  -h | --help) usage; exit 0 ;;
  image)
    build_image
    exit 0
    ;;
  --print)
    print=yes
    shift
    [[ $# -gt 0 ]] || { usage >&2; exit 2; }
    ;;
esac

job=${SPARKGEN_JOB:-sparkgen-$1-$(date -u +%y%m%d%H%M%S)}
if [[ $print == yes ]]; then
  manifest "$job" "$@"
  exit 0
fi
manifest "$job" "$@" | kubectl create --filename - >&2
follow
code=$(newest '.status.containerStatuses[0].state.terminated.exitCode')
if [[ -z $code ]]; then
  echo "sparkgen: the driver of $job never ran; kubectl describe job $job says why" >&2
  code=1
fi
exit "$code"
