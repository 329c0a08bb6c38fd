package org.attentionflow.evaluation.report;

import org.attentionflow.provenance.Provenance;

/** What to cite beside the data and the model. */
final class Citations {
  private Citations() {}

  /** Entries for BibTeX. */
  static String bibtex() {
    return """
        @inproceedings{azarkhalili2025gaf,
          title = {Generalized Attention Flow: Feature Attribution for Transformer Models via Maximum Flow},
          author = {Azarkhalili, Behrooz and Libbrecht, Maxwell W.},
          booktitle = {Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)},
          year = {2025},
          eprint = {2502.15765},
          archivePrefix = {arXiv}
        }

        @software{attentionflow,
          title = {Attention Flow},
          author = {{The Attention Flow authors}},
          version = {@VERSION@}
        }
        """
        .replace("@VERSION@", Provenance.programVersion());
  }
}
