#!/usr/bin/env bash
# The tables about quality in src/site/markdown/results.md: trains what is missing, measures it, prints Markdown.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/.." && pwd)
runs=${SPARKGEN_QUALITY:-$project/target/quality}
source "$here/measuring.sh"

usage() {
  cat <<'END'
Usage: submit/quality.sh TABLE [SEED...]

Trains the models of a table, measures them, and prints the table as Markdown. What is done is not done
again, and a training that was stopped goes on where it was. Seeds: 42 if none is given. Times are for
two cores.

  likelihood    log p(x) of the VAE of Burda et al. 2015 with 1 and 5 importance samples: 2 hours
  vae-shards    the same VAE on 1, 2, 4 and 8 shards, and with large batches: 40 minutes a seed
  gan-shards    a GAN on 1, 2, 4 and 8 shards: an hour a seed
  objectives    the objectives of a GAN, in two stages and in one: 30 minutes a seed
  conditional   what a classifier sees in the samples of models that are told classes: 10 minutes

Environment, beside that of submit/local.sh:
  SPARKGEN_DATA     folder with mnist/ and fashion-mnist/ in it
  SPARKGEN_QUALITY  folder for trainings and measurements; default target/quality
END
}

# measure NAME OPTION...: evaluates a training, unless that was done.
measure() {
  local name=$1
  shift
  [[ -s $runs/$name.json ]] ||
    quietly "$name.evaluation.log" "$here/local.sh" evaluate "$runs/$name" --to "$runs/$name.json" "$@"
}

# number NAME PATH DECIMALS: of a measurement.
number() {
  printf "%.$3f" "$(value "$runs/$1.json" "$2")"
}

likelihood_table() {
  echo '| model | log p(x), nats | standard error | active units | images seen | time |'
  echo '|---|---|---|---|---|---|'
}

# likelihood LABEL NAME SAMPLES KEY=VALUE...
likelihood() {
  local label=$1 name=$2 samples=$3
  shift 3
  train "$name" mnist-iwae.conf "$@" evaluation.importanceSamples=0
  measure "$name" --importance-samples "$samples"
  echo "| $label | $(number "$name" logLikelihood.value 2) | $(number "$name" logLikelihood.standardError 2)" \
    "| $(number "$name" activeUnits.value 0) | $(budget "$name") |"
}

likelihoods() {
  local seed
  likelihood_table
  for seed in "$@"; do
    likelihood "k = 1, 1,100 epochs, seed $seed" "iwae-1-1100-$seed" 5000 run.seed="$seed"
    likelihood "k = 1, 100 epochs, seed $seed" "iwae-1-100-$seed" 5000 \
      run.seed="$seed" training.epochs=100 evaluation.every=0
    likelihood "k = 5, 100 epochs, seed $seed" "iwae-5-100-$seed" 5000 \
      run.seed="$seed" training.epochs=100 evaluation.every=0 model.importanceSamples=5
  done
}

# vae_shards LABEL NAME SHARDS BATCH RATE [KEY=VALUE...]: 100 epochs.
vae_shards() {
  local label=$1 name=$2 shards=$3 batch=$4 rate=$5
  shift 5
  likelihood "$label, batches of $batch, rate $rate" "$name" 1000 data.shards="$shards" \
    training.batchSize="$batch" training.optimizer.learningRate="$rate" training.epochs=100 "$@"
}

all_vae_shards() {
  local seed outer=(training.averaging.outer.learningRate=1.0 training.averaging.outer.momentum=0.5)
  likelihood_table
  for seed in "$@"; do
    vae_shards "1 shard, seed $seed" "vae-1-$seed" 1 100 1e-3 run.seed="$seed"
    vae_shards "1 shard, seed $seed" "vae-1-fast-$seed" 1 100 2e-3 run.seed="$seed"
    vae_shards "2 shards, plain, seed $seed" "vae-2-plain-$seed" 2 100 1e-3 run.seed="$seed"
    vae_shards "4 shards, plain, seed $seed" "vae-4-plain-$seed" 4 100 1e-3 run.seed="$seed"
    vae_shards "8 shards, plain, seed $seed" "vae-8-plain-$seed" 8 100 1e-3 run.seed="$seed"
    vae_shards "2 shards, outer (1.0, 0.5), seed $seed" "vae-2-outer-$seed" 2 50 2e-3 run.seed="$seed" "${outer[@]}"
    vae_shards "4 shards, outer (1.0, 0.5), seed $seed" "vae-4-outer-$seed" 4 16 1e-3 run.seed="$seed" "${outer[@]}"
    vae_shards "8 shards, outer (1.0, 0.5), seed $seed" "vae-8-outer-$seed" 8 8 1e-3 run.seed="$seed" "${outer[@]}"
    vae_shards "synchronous, 2 x, seed $seed" "vae-sync-2-$seed" 1 200 2e-3 run.seed="$seed"
    vae_shards "synchronous, 4 x, seed $seed" "vae-sync-4-$seed" 1 400 3e-3 run.seed="$seed"
    vae_shards "synchronous, 8 x, seed $seed" "vae-sync-8-$seed" 1 800 3e-3 run.seed="$seed"
  done
}

distance_table() {
  echo '| model | Frechet distance | floor | kernel distance | precision | recall | coverage | images seen | time |'
  echo '|---|---|---|---|---|---|---|---|---|'
}

# distance LABEL NAME CONF DATASET KEY=VALUE...
distance() {
  local label=$1 name=$2 conf=$3 dataset=$4
  shift 4
  train "$name" "$conf" "$@"
  measure "$name" --samples 10000 --features "$runs/$dataset-classifier"
  echo "| $label | $(number "$name" samples.frechetDistance.value 2) | $(number "$name" floor.frechetDistance.value 2)" \
    "| $(number "$name" samples.kernelDistance.value 4) ± $(number "$name" samples.kernelDistance.standardError 4)" \
    "| $(number "$name" samples.manifold.precision 3) | $(number "$name" samples.manifold.recall 3)" \
    "| $(number "$name" samples.manifold.coverage 3) | $(budget "$name") |"
}

classifier() {
  train "$1-classifier" "$1-classifier.conf"
}

# fashion_gan LABEL NAME KEY=VALUE...: a smaller GAN than that of the configuration, for six epochs.
fashion_gan() {
  local label=$1 name=$2
  shift 2
  distance "$label" "$name" fashion-mnist-gan.conf fashion-mnist 'model.filters=[32,64]' \
    'model.hidden=[128]' training.epochs=6 output.checkpoints.every=100 "$@"
}

all_gan_shards() {
  local seed shards batch rate
  classifier fashion-mnist
  distance_table
  for seed in "$@"; do
    for shards in 1 2 4 8; do
      fashion_gan "$shards shard(s), an epoch a round, seed $seed" "gan-$shards-plain-$seed" \
        run.seed="$seed" data.shards="$shards" training.averaging.every=epoch
    done
    for shards in 1 2 4 8; do
      # As many steps as one shard makes, each with a share of the batch; Adam's step grows with the noise.
      batch=$((64 / shards))
      rate=$(awk -v shards="$shards" 'BEGIN { printf "%.1e", 2e-4 * sqrt(shards) }')
      fashion_gan "$shards shard(s), batches of $batch, rate $rate, 10 a round, moving average, seed $seed" \
        "gan-$shards-best-$seed" run.seed="$seed" data.shards="$shards" training.batchSize="$batch" \
        training.optimizer.learningRate="$rate" training.averaging.every=10 \
        training.averaging.emaHalfLife=10000
    done
  done
}

all_objectives() {
  local seed objective training
  classifier fashion-mnist
  distance_table
  for seed in "$@"; do
    for training in two-stage one-stage; do
      for objective in non-saturating minimax least-squares hinge; do
        fashion_gan "$objective, $training, seed $seed" "gan-$objective-$training-$seed" \
          run.seed="$seed" model.objective="$objective" model.training="$training" \
          training.averaging.every=25 training.averaging.emaHalfLife=10000
      done
    done
  done
}

# asked_for NAME CONF KEY=VALUE...
asked_for() {
  local name=$1 conf=$2
  shift 2
  train "$name" "$conf" "$@" evaluation.samples=0
  measure "$name" --samples 10000 --features "$runs/mnist-classifier"
  echo "| conf/$conf | $(number "$name" classAgreement.value 4) | $(number "$name" classAgreement.standardError 4)" \
    "| $(number "$name" samples.frechetDistance.value 2) | $(budget "$name") |"
}

all_conditional() {
  local seed
  classifier mnist
  echo '| model | asked-for class | standard error | Frechet distance | images seen | time |'
  echo '|---|---|---|---|---|---|'
  for seed in "$@"; do
    asked_for "conditional-vae-$seed" mnist-conditional-vae.conf run.seed="$seed"
    asked_for "conditional-gan-$seed" mnist-conditional-gan.conf run.seed="$seed"
  done
}

table=${1:-}
shift || true
[[ $# -gt 0 ]] || set -- 42
case $table in
  likelihood) likelihoods "$@" ;;
  vae-shards) all_vae_shards "$@" ;;
  gan-shards) all_gan_shards "$@" ;;
  objectives) all_objectives "$@" ;;
  conditional) all_conditional "$@" ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
