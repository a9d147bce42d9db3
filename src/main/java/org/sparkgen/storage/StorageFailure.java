package org.sparkgen.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** Why a storage operation failed, as far as the file system lets one know. */
public enum StorageFailure {
  /** Nothing is at that path. */
  MISSING("there is no such file or folder", "Check the path's spelling, or create it."),
  /** Something is at that path that was not to be replaced. */
  EXISTS("it exists already", "Choose another path, or delete it."),
  /** The file system refused this account. */
  DENIED("permission denied", "Give the account that runs this job access to it."),
  /** No host or bucket of that name answers. */
  UNREACHABLE(
      "no such host or bucket, or it does not answer",
      "Check the host or bucket in the path, the endpoint settings (spark.hadoop.*) and the"
          + " network."),
  /** The disk, the cluster or the quota is full. */
  FULL("no space left", "Free some space, raise the quota, or choose another path."),
  /** The bytes that came back are not those that were written. */
  DAMAGED("the stored bytes are damaged", "Restore the file from a copy."),
  /** No file system is installed for the path's scheme. */
  UNSUPPORTED(
      "no file system is installed for this scheme",
      "Check the scheme, or add its connector (hadoop-aws for s3a:) with --packages or --jars."),
  /** Anything else. */
  OTHER("input/output error", "The message of the file system says more.");

  private static final int MAXIMUM_CAUSES = 20;

  private final String what;
  private final String advice;

  StorageFailure(String what, String advice) {
    this.what = what;
    this.advice = advice;
  }

  /** Why a failure reported by {@link Storage} happened; OTHER for failures from elsewhere. */
  public static StorageFailure of(JobException failure) {
    return failure.getCause() instanceof IOException cause ? of(cause) : OTHER;
  }

  /** The failure to report: what was tried, where, why it failed and what would be right. */
  static JobException toJobException(String attempt, String uri, IOException cause) {
    String message = "can't %s %s: %s".formatted(attempt, mask(uri), reason(cause));
    return new JobException(ExitCode.STORAGE, message, cause);
  }

  /**
   * The failure to report for work that somebody else's access to storage ended, such as Spark's
   * own writing; empty if no cause is recognised as a failure of storage.
   *
   * @param work the work, as the subject of a sentence
   * @param thrown what ended it
   */
  public static Optional<JobException> among(String work, Throwable thrown) {
    return recognised(thrown)
        .map(
            found ->
                new JobException(
                    ExitCode.STORAGE, "%s: %s".formatted(mask(work), reason(found)), thrown));
  }

  /** Whether a disk, cluster or quota that is full is among the causes. */
  public static boolean isFullAmong(Throwable thrown) {
    return recognised(thrown).filter(found -> of(found) == FULL).isPresent();
  }

  private static Optional<IOException> recognised(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAXIMUM_CAUSES; depth++) {
      // Spark wraps errors of every kind in IOException: the class alone proves nothing.
      if (cause instanceof IOException found && of(found) != OTHER) {
        return Optional.of(found);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String reason(IOException cause) {
    StorageFailure failure = of(cause);
    String detail = cause.getMessage() == null ? "" : ", " + firstLine(cause.getMessage());
    return "%s (%s%s). %s"
        .formatted(failure.what, cause.getClass().getSimpleName(), mask(detail), failure.advice);
  }

  /** The text with the user information of every address in it replaced by "***". */
  public static String mask(String text) {
    return text.replaceAll("://[^/\\s]*@", "://***@");
  }

  static StorageFailure of(IOException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAXIMUM_CAUSES; depth++) {
      StorageFailure kind = ofOne(unwrap(cause));
      if (kind != OTHER) {
        return kind;
      }
      cause = cause.getCause();
    }
    return OTHER;
  }

  /** HDFS sends the name of the server's exception, and unwraps only some of them by itself. */
  private static Throwable unwrap(Throwable cause) {
    return cause instanceof RemoteException remote ? remote.unwrapRemoteException() : cause;
  }

  private static StorageFailure ofOne(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (isDenied(cause, message)) {
      return DENIED;
    }
    if (isFull(cause, message)) {
      return FULL;
    }
    if (isUnreachable(cause)) {
      return UNREACHABLE;
    }
    if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
      return MISSING;
    }
    if (cause instanceof FileAlreadyExistsException
        || cause instanceof java.nio.file.FileAlreadyExistsException
        || cause instanceof AlreadyBeingCreatedException) {
      return EXISTS;
    }
    if (cause instanceof UnsupportedFileSystemException) {
      return UNSUPPORTED;
    }
    return cause instanceof ChecksumException || cause instanceof EOFException ? DAMAGED : OTHER;
  }

  /** Java reports an unreadable local file as "not found (Permission denied)". */
  private static boolean isDenied(Throwable cause, String message) {
    return cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || (cause instanceof IOException && message.contains("permission denied"));
  }

  private static boolean isFull(Throwable cause, String message) {
    return cause instanceof QuotaExceededException
        || message.contains("no space left on device")
        || message.contains("disk quota exceeded")
        || message.contains("not enough space");
  }

  /** S3A's exception for a missing bucket is known by name: its jar need not be there. */
  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof UnknownHostException
        || cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause.getClass().getSimpleName().equals("UnknownStoreException");
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}
