package org.sparkgen.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkgen.data.InputKind;
import org.sparkgen.data.PictureKinds;
import org.sparkgen.data.Pictures;

/** A folder of good and bad picture files of every kind, under names of every kind. */
public final class BadInputs {
  /** 255 bytes, the longest name that file systems take. */
  private static final String LONG = "long".repeat(62) + "est.png";

  private final Map<String, byte[]> good = new TreeMap<>();
  private final Map<String, byte[]> hidden = new TreeMap<>();
  private final Map<String, InputKind> bad;

  public BadInputs() {
    bad =
        PictureKinds.all().stream()
            .filter(kind -> kind.reason().isPresent())
            .collect(Collectors.toMap(InputKind::name, kind -> kind, (a, b) -> a, TreeMap::new));
    PictureKinds.all().stream()
        .filter(kind -> kind.reason().isEmpty())
        .forEach(kind -> good.put(kind.name(), kind.content()));
    byte[] png = Pictures.file(Pictures.gradient(24, 18), "png");
    Stream.of(
            "with spaces.png",
            " a space before and after ",
            "with\nnewline.png",
            "with\ttab.png",
            "with \"quotes\" and 'quotes'.png",
            "with\\backslash.png",
            "with\u0001control.png",
            "<script>alert(1).png",
            "Größe 図 \uD83D\uDE00.png",
            "e\u0301 is not \u00E9.png",
            "dots..png",
            "dots../a.png",
            "100%25 [a] {b} *?.png",
            "a:b.png",
            "a#b?c=d&e.png",
            "-rf.png",
            "~.png",
            "CAPITALS.PNG",
            "a folder.png/a.png",
            "d/e/e/p/l/y/i/n/s/i/d/e.png",
            LONG)
        .forEach(name -> good.put("names/" + name, png));
    Stream.of("_SUCCESS", ".hidden.png", "_temporary/0/part.png", "names/.crc", "names/..x.png")
        .forEach(name -> hidden.put(name, png));
  }

  /** Files that can be read, links to them included. */
  public int good() {
    return good.size() + 1;
  }

  /** Files that can't, by the end of their address. */
  public Map<String, InputKind> bad() {
    return bad;
  }

  /** Writes all of them, hidden ones too, and links to a file, to nothing, and in circles. */
  public void write(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>(good);
    files.putAll(hidden);
    bad.forEach((name, kind) -> files.put(name, kind.content()));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.createDirectories(root.resolve("names/empty folder.png"));
    Files.createSymbolicLink(root.resolve("names/link.png"), root.resolve("names/dots..png"));
    Files.createSymbolicLink(root.resolve("names/dangling.png"), root.resolve("nothing.png"));
    Files.createSymbolicLink(root.resolve("names/itself.png"), root.resolve("names/itself.png"));
    Files.createSymbolicLink(root.resolve("loop"), root);
  }
}
