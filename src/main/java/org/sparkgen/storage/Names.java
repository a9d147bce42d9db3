package org.sparkgen.storage;

import java.util.regex.Pattern;

/** What a safe name looks like. */
final class Names {
  static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final Pattern RELATIVE = Pattern.compile(PART + "(/" + PART + ")*");

  private Names() {}
}
