package io.lipc.maven;

import java.util.ArrayList;
import java.util.List;

/**
 * A message of the compiler of networks: it begins with a line that a letter tags, and goes on in
 * lines that {@code +} tags. Other lines are messages of their own.
 *
 * @param isError whether a network is refused
 * @param text the lines without their tags
 */
record TaggedMessage(boolean isError, String text) {

  private static final String ERROR = "E ";
  private static final String NOTE = "N ";
  private static final String GOES_ON = "+ ";

  static List<TaggedMessage> read(List<String> lines) {
    List<TaggedMessage> messages = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(GOES_ON) && !messages.isEmpty()) {
        TaggedMessage last = messages.remove(messages.size() - 1);
        messages.add(
            new TaggedMessage(last.isError, last.text + "\n" + line.substring(GOES_ON.length())));
      } else {
        boolean tagged = line.startsWith(ERROR) || line.startsWith(NOTE);
        messages.add(
            new TaggedMessage(
                line.startsWith(ERROR), tagged ? line.substring(ERROR.length()) : line));
      }
    }
    return messages;
  }
}
