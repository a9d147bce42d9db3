package org.sparkgen.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options.Rename;

/** How a file appears whole, in the place of an older one, on each kind of file system. */
final class Publication {
  private final Configuration configuration;

  Publication(Configuration configuration) {
    this.configuration = configuration;
  }

  void publish(Location target, byte[] content) throws IOException {
    switch (target.kind()) {
      case OBJECT_STORE -> upload(target, content);
      case LOCAL, RENAMING -> writeThenRename(target, content);
    }
  }

  private static void upload(Location target, byte[] content) throws IOException {
    ConfirmedUpload out = new ConfirmedUpload(target, target.plain().create(target.path(), true));
    try {
      out.write(content);
    } catch (IOException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  private void writeThenRename(Location target, byte[] content) throws IOException {
    Location temporary =
        target.sibling("." + target.path().getName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out = temporary.create()) {
        out.write(content);
      }
      rename(temporary, target);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
  }

  private void rename(Location from, Location to) throws IOException {
    if (to.kind() == Location.Kind.LOCAL) {
      if (!to.fileSystem().rename(from.path(), to.path())) {
        throw new IOException("the file system refused to rename " + from.path());
      }
      return;
    }
    FileContext.getFileContext(to.fileSystem().getUri(), configuration)
        .rename(from.path(), to.path(), Rename.OVERWRITE);
  }

  private static void deleteQuietly(Location temporary, IOException reason) {
    try {
      temporary.fileSystem().delete(temporary.path(), false);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
