package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class OrderedPartsTest {
  @Test
  void comeInTheirOrderAFewAtATime(JavaSparkContext context) throws Exception {
    int count = 2 * OrderedParts.AT_ONCE + 3;
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    context.sc().addSparkListener(listener);
    List<Integer> merged = new ArrayList<>();
    try {
      OrderedParts.forEach(context.parallelize(numbers, count), merged::add);
      context.sc().listenerBus().waitUntilEmpty();
    } finally {
      context.sc().removeSparkListener(listener);
    }

    assertThat(merged).isEqualTo(numbers);
    assertThat(jobs).hasValue(3);
  }
}
