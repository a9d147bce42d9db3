package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ImageShape;
import org.tensorflow.proto.framework.Summary;
import org.tensorflow.proto.util.Event;
import org.tensorflow.proto.util.SessionLog;

class EventFileTest {
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00.250Z");

  @Test
  void tensorFlowReadsWhatWasWritten() {
    Png picture = ImageGrid.grid(Pictures.of(new ImageShape(1, 1, 2), new byte[] {0, 1}), 3, 1);
    byte[] file =
        new EventFile(AT)
            .restart(7, AT)
            .scalars(7, AT, new TreeMap<>(Map.of("loss/kl", 0.1, "loss/naïve", -1e30)))
            .picture(300, AT.plusMillis(500), "samples", picture)
            .bytes();

    List<Event> events = Events.of(file);

    assertThat(events).hasSize(4);
    assertThat(events).allSatisfy(e -> assertThat(e.getUnknownFields().asMap()).isEmpty());
    assertThat(events).extracting(Event::getStep).containsExactly(0L, 7L, 7L, 300L);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).getWallTime()).isEqualTo(1_772_357_400.25);
    assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(events.get(2).getSummary().getValueList())
        .extracting(Summary.Value::getTag, Summary.Value::getSimpleValue)
        .containsExactly(tuple("loss/kl", 0.1f), tuple("loss/naïve", -1e30f));
    Summary.Image image = events.get(3).getSummary().getValue(0).getImage();
    assertThat(image.getWidth()).isEqualTo(picture.width());
    assertThat(image.getHeight()).isEqualTo(picture.height());
    assertThat(image.getColorspace()).isEqualTo(picture.channels());
    assertThat(image.getEncodedImageString().toByteArray()).isEqualTo(picture.bytes());
    assertThat(events.get(3).getWallTime()).isEqualTo(1_772_357_400.75);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void aPictureTellsItsChannels(int channels) throws IOException {
    Png picture =
        ImageGrid.grid(Pictures.of(new ImageShape(channels, 1, 1), new byte[channels]), 1, 1);
    Event event = Events.of(new EventFile(AT).picture(1, AT, "samples", picture).bytes()).get(1);

    assertThat(event.getSummary().getValue(0).getImage().getColorspace())
        .isEqualTo(
            ImageIO.read(new ByteArrayInputStream(picture.bytes())).getRaster().getNumBands());
  }

  @Test
  void aLossThatIsNoNumberIsWrittenAsSuch() {
    Event event =
        Events.of(new EventFile(AT).scalars(1, AT, Map.of("x", Double.NaN)).bytes()).get(1);

    assertThat(event.getSummary().getValue(0).getSimpleValue()).isNaN();
  }

  @Test
  void theReaderSeesAFlippedBit() {
    byte[] file = new EventFile(AT).scalars(1, AT, Map.of("x", 1.0)).bytes();
    file[file.length - 6] ^= 1;

    assertThatThrownBy(() -> Events.of(file)).hasMessageContaining("Data crc32 checking failed");
  }
}
