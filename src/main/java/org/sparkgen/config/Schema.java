package org.sparkgen.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All keys of a configuration, as the settings records declare them. */
final class Schema {
  private static final List<Key> KEYS = keysOf(RunConfig.class, "", EnumSet.allOf(Family.class));

  private Schema() {}

  /**
   * A key with a value, or a section.
   *
   * @param setting its path, type and annotations
   * @param families the model families in which it may be set
   */
  record Key(Setting setting, Set<Family> families) {
    String path() {
      return setting.path();
    }
  }

  /** Every key and section in the order of the records; keys of two families appear twice. */
  static List<Key> keys() {
    return KEYS;
  }

  /** The keys and sections directly in a section. */
  static List<Key> keysIn(String section) {
    return KEYS.stream().filter(key -> parent(key.path()).equals(section)).toList();
  }

  /** The families in which a key may be set; empty for an unknown key. */
  static Set<Family> familiesOf(String path) {
    return KEYS.stream()
        .filter(key -> key.path().equals(path))
        .flatMap(key -> key.families().stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
  }

  /** The section of a key; empty for a key of the root. */
  static String parent(String path) {
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }

  /** The record that holds the settings of a family. */
  static Class<? extends ModelConfig> recordOf(Family family) {
    return switch (family) {
      case AUTOENCODER, VAE, BETA_VAE -> AutoencoderConfig.class;
      case GAN -> GanConfig.class;
      case VAE_GAN -> VaeGanConfig.class;
      case CLASSIFIER -> ClassifierConfig.class;
    };
  }

  private static List<Key> keysOf(Class<?> type, String section, Set<Family> families) {
    List<Key> keys = new ArrayList<>();
    for (Setting setting : Setting.of(type, section)) {
      if (!setting.inline()) {
        Set<Family> here =
            setting
                .families()
                .<Set<Family>>map(only -> EnumSet.copyOf(Arrays.asList(only.value())))
                .orElse(families);
        keys.add(new Key(setting, here));
      }
      keys.addAll(nested(setting, families));
    }
    return List.copyOf(keys);
  }

  private static List<Key> nested(Setting setting, Set<Family> families) {
    if (!setting.section()) {
      return List.of();
    }
    if (!setting.type().isSealed()) {
      return keysOf(setting.type(), setting.path(), families);
    }
    return Arrays.stream(setting.type().getPermittedSubclasses())
        .flatMap(type -> keysOf(type, setting.path(), familiesOf(type)).stream())
        .toList();
  }

  private static Set<Family> familiesOf(Class<?> record) {
    return EnumSet.allOf(Family.class).stream()
        .filter(family -> recordOf(family) == record)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
  }
}
