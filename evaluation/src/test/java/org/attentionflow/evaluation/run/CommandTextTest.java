package org.attentionflow.evaluation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a command line is published. */
class CommandTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          experiments/sst2.yaml         | experiments/sst2.yaml
          /home/name/sst2.yaml          | PATH/sst2.yaml
          ../name/sst2.yaml             | PATH/sst2.yaml
          data.root=/home/name          | data.root=PATH
          --set=data.root=/home/my data | --set=data.root=PATH
          -o/home/name                  | -oPATH
          ~/name                        | PATH
          ..                            | PATH
          C:\\Users\\name               | PATH
          data={path: /home/name/x.tsv} | 'data={path: PATH'
          solver.mu=1e-3                | solver.mu=1e-3
          2/4                           | 2/4
          data.path=${data}/sst2/dev.tsv | 'data.path=${data}/sst2/dev.tsv'
          aggregator=af,agf; mu=1e-3    | 'aggregator=af,agf; mu=1e-3'
          it's                          | 'it'\\''s'
          """,
      quoteCharacter = '`')
  void leavesOutPlacesOfThisMachine(String argument, String word) {
    assertEquals(word + "\n", CommandText.of(List.of(argument)));
  }
}
