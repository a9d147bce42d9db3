package org.sparkgen.config;

import java.util.List;

/**
 * Layers of an encoder or discriminator, from the example inwards; the decoder or generator has the
 * same in reverse order.
 *
 * @param network the kind of layers
 * @param hidden sizes of the dense hidden layers
 * @param filters output channels of the strided convolutions that come before the dense layers
 * @param kernel side of the convolution kernel
 * @param stride step of every convolution: each divides height and width by it
 * @param activation hidden activation (of the encoder, decoder and generator)
 * @param batchNorm whether hidden layers are batch-normalised
 */
public record NetworkConfig(
    @Doc("mlp (dense layers) or conv (strided convolutions, then dense layers).") @Default("mlp")
        Kind network,
    @Doc("Sizes of the dense hidden layers, from the example inwards; mirrored on the way out.")
        @Default("[400]")
        @Within(min = 1, max = 1_000_000)
        List<Integer> hidden,
    @Doc("Channels of the convolutions, from the example inwards; mirrored on the way out.")
        @Default("[32, 64]")
        @Within(min = 1, max = 65_536)
        List<Integer> filters,
    @Doc("Side of the convolution kernels; kernel minus stride must be even and not negative.")
        @Default("4")
        @Within(min = 1, max = 31)
        int kernel,
    @Doc("Step of the convolutions; every convolution divides height and width by it.")
        @Default("2")
        @Within(min = 1, max = 8)
        int stride,
    @Doc("Hidden activation; of the generator in a gan.") @Default("relu") Activation activation,
    @Doc("Batch normalisation after hidden layers, except next to the example.") @Default("false")
        boolean batchNorm) {

  /** Kinds of networks. */
  public enum Kind {
    /** Dense layers only. */
    MLP,
    /** Strided convolutions and dense layers. */
    CONV
  }

  /** Padding on each side with which a convolution divides its input by exactly the stride. */
  public int padding() {
    return (kernel - stride) / 2;
  }
}
