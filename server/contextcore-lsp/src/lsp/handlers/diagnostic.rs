//! `textDocument/diagnostic`: the findings of one document.

use tower_lsp::ls_types::request::DocumentDiagnosticRequest;
use tower_lsp::ls_types::{
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentDiagnosticReport,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, ServerCapabilities,
    UnchangedDocumentDiagnosticReport, WorkDoneProgressOptions,
};

use crate::lsp::capabilities::Capabilities;
use crate::lsp::diagnostics::{SOURCE, report};
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::World;

/// The findings of one document.
pub(crate) enum Diagnostics {}

impl Feature for Diagnostics {
    type Request = DocumentDiagnosticRequest;

    fn declare(client: &Capabilities, server: &mut ServerCapabilities) {
        // A client that would ask for what it is sent as well would show everything twice.
        if client.pulls {
            let options = DiagnosticOptions {
                identifier: Some(SOURCE.to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            };
            server.diagnostic_provider = Some(DiagnosticServerCapabilities::Options(options));
        }
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let mut found = crate::lsp::diagnostics::Report::default();
        if let Some(document) = world.document(&params.text_document) {
            found = report(world, document.project, document.file);
            document.project.ledger.keep(document.file, found.state);
        }
        let result_id = result_id(found.state);
        let report = if params.previous_result_id.as_ref() == Some(&result_id) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id,
                },
            })
        } else {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(result_id),
                    items: found.diagnostics,
                },
            })
        };
        Ok(report.into())
    }
}

/// How a state of a file is called.
pub(crate) fn result_id(state: u64) -> String {
    format!("{state:x}")
}
