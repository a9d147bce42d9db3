package org.sparkgen.config;

import java.util.Optional;

/**
 * An MLflow tracking server, and what a run is called there.
 *
 * @param uri the server's address
 * @param experiment the experiment that the run belongs to
 * @param runName the run's name; {@code run.name} if there is none
 * @param bearerVariable the environment variable of the driver that holds the token
 */
public record MlflowConfig(
    @Doc("Address of the tracking server, such as http://host:5000.") String uri,
    @Doc("Experiment of the run; it is made if the server has none of that name.")
        @Default("sparkgen")
        String experiment,
    @Doc("Name of the run; if not set, it is run.name.") Optional<String> runName,
    @Doc(
            "Environment variable of the driver, such as MLFLOW_TRACKING_TOKEN, that holds a"
                + " bearer token; the token itself stands in no configuration.")
        Optional<String> bearerVariable) {}
