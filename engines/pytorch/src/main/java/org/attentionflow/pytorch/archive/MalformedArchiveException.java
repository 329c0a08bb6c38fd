package org.attentionflow.pytorch.archive;

/** What is wrong inside an archive; the archive's reader says in which and what to do. */
final class MalformedArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final int MOST_CHARACTERS = 2500;

  /** Takes a message; as it may quote the archive, it is made one line of bearable length. */
  MalformedArchiveException(String message) {
    super(line(message));
  }

  private static String line(String message) {
    boolean fits = message.length() <= MOST_CHARACTERS;
    return (fits ? message : message.substring(0, MOST_CHARACTERS) + " ...")
        .replaceAll("\\p{Cntrl}|[\\u2028\\u2029\\u0085]", " ");
  }
}
