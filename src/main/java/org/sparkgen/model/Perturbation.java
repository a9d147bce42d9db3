package org.sparkgen.model;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What is done to the examples of one pass before the discriminator sees them: augmentation, and
 * then noise is added. One draw for every example; may be used again for other examples.
 *
 * @param augmentation changes of images
 * @param noise is added, {@code [N, size]}
 */
record Perturbation(Optional<Augmentation> augmentation, Optional<INDArray> noise) {
  /** What the discriminator sees, in the examples' shape: themselves, if nothing is done. */
  INDArray apply(INDArray examples) {
    INDArray changed = augmentation.map(each -> each.apply(examples)).orElse(examples);
    return noise.map(each -> changed.add(each.reshape(changed.shape()))).orElse(changed);
  }

  /** This for the first examples, another one of the same kind for the others. */
  Perturbation followedBy(Perturbation other) {
    return new Perturbation(
        augmentation.map(each -> each.followedBy(other.augmentation().orElseThrow())),
        noise.map(each -> Nd4j.concat(0, each, other.noise().orElseThrow())));
  }

  /** The gradient in the examples of what has this gradient in what the discriminator sees. */
  INDArray backward(INDArray error) {
    return augmentation.map(each -> each.backward(error)).orElse(error);
  }
}
