package org.sparkgen.config;

/**
 * The network in whose features sets of examples are compared.
 *
 * @param path its place
 * @param epochs epochs to train it for, if it is a classifier that does not exist yet
 */
public record FeatureNetConfig(
    @Doc(
            "Folder of a classifier, which is trained on the labelled training examples if it is"
                + " not there yet, and reused; or a Deeplearning4j network's file, ending"
                + " in .zip, which is given pixels from 0 to 1.")
        String path,
    @Doc("Epochs to train that classifier for.") @Default("10") @Within(min = 1, max = 10_000)
        int epochs) {}
