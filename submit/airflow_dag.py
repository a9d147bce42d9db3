"""A worked example for Airflow 2: train, check what was left, and draw samples, once a day.

Copy it into the folder of DAGs. It calls the scripts in submit/ of a checkout of sparkgen, here
submit/yarn.sh in client mode: in that mode, as with submit/standalone.sh, submit/kubernetes.sh and
submit/local.sh, a script's exit code is the driver's. Settings are variables of the Airflow worker:

  SPARKGEN_HOME     the checkout; default /opt/sparkgen
  SPARKGEN_SUBMIT   the script in its submit/; default yarn.sh
  SPARKGEN_CONFIG   the configuration that is trained; a path that the cluster sees
  SPARKGEN_OUTPUT   the folder below which each day has its own

`hadoop` must be on the path if the output has a scheme such as hdfs: or s3a:.

Every task may run again at any time. Training goes on from its newest checkpoint or says that it is
complete. Samples go into a folder of the try's own, and the next task is told which.
"""

import json
import os
import re
import signal
import subprocess
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException

# See src/site/markdown/operations.md: usage, input, diverged. The same would happen again.
USELESS_TO_REPEAT = {2, 3, 4}

RESULT = re.compile(r'^RESULT status=(\S+) code=(\d+) reason="(.*)"$')


def sparkgen(*arguments):
    """Runs one command of sparkgen, shows what it writes, and returns the status that it ends with.

    Raises AirflowFailException, which Airflow doesn't retry, if it would end the same way again,
    and otherwise AirflowException, which it does: after codes 5 and 70, and after signals.
    """
    home = os.environ.get("SPARKGEN_HOME", "/opt/sparkgen")
    script = os.path.join(home, "submit", os.environ.get("SPARKGEN_SUBMIT", "yarn.sh"))
    environment = {"SPARKGEN_DEPLOY_MODE": "client", **os.environ}
    status, reason = "", "it printed no RESULT line"
    with subprocess.Popen(
        [script, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                found = RESULT.match(line.rstrip())
                if found:
                    status, reason = found.group(1), found.group(3)
        except BaseException:
            # Airflow ends a task by an exception in it. What is committed stays.
            process.terminate()
            raise
    require_success(process.returncode, reason)
    return status


def require_success(code, reason):
    """Raises what Airflow is to do about an exit code; a signal is a negative one or 128 and it."""
    if code == 0:
        return
    message = f"sparkgen ended with {spoken(code)}: {reason}"
    if code in USELESS_TO_REPEAT:
        raise AirflowFailException(message)
    raise AirflowException(message)


def spoken(code):
    """An exit code in words."""
    number = -code if code < 0 else code - 128
    try:
        return f"signal {signal.Signals(number).name}"
    except ValueError:
        return f"code {code}"


def output(day):
    """The folder of a day's run: the same for every try, so that a retry resumes."""
    return os.environ.get("SPARKGEN_OUTPUT", "hdfs:///models/vae").rstrip("/") + "/" + day


def read_json(path):
    """A file of the output; a failure is worth a retry."""
    try:
        if ":" not in path:
            with open(path, encoding="utf-8") as file:
                return json.load(file)
        return json.loads(subprocess.check_output(["hadoop", "fs", "-cat", path], text=True))
    except (OSError, ValueError, subprocess.CalledProcessError) as e:
        raise AirflowException(f"{path} can't be read: {e}") from e


def require_complete(folder):
    """What a finished run says of itself. _SUCCESS is written last and lists all files."""
    files = read_json(folder + "/_SUCCESS")["files"]
    result = read_json(folder + "/result.json")
    if result["status"] != "finished" or result["exitCode"] != 0:
        raise AirflowFailException(f"{folder} is not complete: {result['reason']}")
    print(f"{folder}: {result['rounds']} rounds, {len(files)} files, {result['weightsSha256']}")
    return result


@dag(
    dag_id="sparkgen",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # Two drivers never write to one output.
    max_active_runs=1,
    default_args={
        "retries": 5,
        "retry_delay": timedelta(minutes=2),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(hours=1),
    },
)
def daily():
    """train >> check >> sample"""

    @task(execution_timeout=timedelta(hours=12))
    def train(ds=None):
        config = os.environ.get("SPARKGEN_CONFIG", "hdfs:///conf/vae.conf")
        sparkgen("train", config, "--set", f"output.path={output(ds)}")
        return output(ds)

    @task
    def check(folder):
        require_complete(folder)
        return folder

    @task
    def sample(folder, ti=None):
        to = f"{folder}-samples/try-{ti.try_number}"
        sparkgen("sample", folder, "--count", "10000", "--to", to)
        return to

    sample(check(train()))


daily()
