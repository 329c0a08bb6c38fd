package org.attentionflow.formats.explanation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The content security policy of pages that open offline: the browser applies one style sheet,
 * known by its hash, and loads or runs nothing at all.
 */
public final class PagePolicy {
  private PagePolicy() {}

  /**
   * The policy, for an attribute in double quotes.
   *
   * @param sheet the style sheet, exactly as it stands between the tags of the page
   */
  public static String of(String sheet) {
    return "default-src 'none'; style-src 'sha256-"
        + hash(sheet)
        + "'; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String sheet) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(sheet.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
