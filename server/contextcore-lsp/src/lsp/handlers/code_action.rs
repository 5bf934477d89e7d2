//! `textDocument/codeAction`: edits that answer findings, edits that silence them, and their pages.

use graph::sources::Sources;
use ide::declare_all::declare_all;
use ide::infer::has_unclaimed;
use rules::finding::Finding;
use rules::fix::Fix;
use serde_json::json;
use text::span::Span;
use tower_lsp::ls_types::request::CodeActionRequest;
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, Command, Diagnostic, NumberOrString, ServerCapabilities,
    WorkDoneProgressOptions,
};
use workspace::fixing::{FileEdits, add, render, suppress};

use super::code_action_resolve;
use super::execute_command::EXPLAIN;
use crate::lsp::capabilities::Capabilities;
use crate::lsp::edits::workspace_edit;
use crate::lsp::router::{Answer, Feature, Params, Scope};
use crate::lsp::snapshot::{DocumentView, World};

/// Applies all fixes of a document that keep its meaning.
const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.contextcore");

/// Actions.
pub(crate) enum CodeActions {}

impl Feature for CodeActions {
    type Request = CodeActionRequest;

    fn declare(client: &Capabilities, server: &mut ServerCapabilities) {
        server.code_action_provider = Some(if client.action_literals {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR_EXTRACT,
                    FIX_ALL,
                ]),
                work_done_progress_options: WorkDoneProgressOptions::default(),
                resolve_provider: client.resolves_actions.then_some(true),
            })
        } else {
            CodeActionProviderCapability::Simple(true)
        });
    }

    fn scope(params: &Params<Self>) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }

    fn answer(world: &World, params: &Params<Self>) -> Answer<Self> {
        let Some(view) = world.document(&params.text_document) else { return Ok(None) };
        if view.is_dirty_settings(view.file) {
            return Ok(None);
        }
        let asked = Asked { view: &view, params };
        let mut actions = Vec::new();
        let range = view.lines.span(params.range);
        for finding in findings(&view).filter(|(span, _)| meet(*span, range)) {
            asked.about(finding, &mut actions);
        }
        asked.declarations(range, &mut actions);
        asked.contract(range, &mut actions);
        asked.fix_all(&mut actions);
        Ok(Some(actions))
    }
}

/// The findings of the document, with their places.
fn findings<'a>(view: &'a DocumentView<'_>) -> impl Iterator<Item = (Span, &'a Finding)> {
    let sources = view.sources();
    view.findings().iter().filter_map(|finding| Some((sources.span(finding.at)?, finding)))
}

fn meet(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

struct Asked<'a> {
    view: &'a DocumentView<'a>,
    params: &'a CodeActionParams,
}

impl Asked<'_> {
    /// Whether the client wants actions of this kind.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let Some(only) = &self.params.context.only else {
            // What changes the whole document is for those who ask for it.
            return *kind != FIX_ALL;
        };
        only.iter().any(|wanted| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty()
            })
        })
    }

    /// What can be done about one finding.
    fn about(&self, (span, finding): (Span, &Finding), actions: &mut Vec<CodeActionOrCommand>) {
        if !self.wants(&CodeActionKind::QUICKFIX) {
            return;
        }
        let diagnostic = self.diagnostic(span, finding);
        if self.view.world.client.action_literals {
            for (index, fix) in finding.fixes.iter().enumerate() {
                let preferred = index == 0 && fix.safe;
                actions.extend(self.fix(fix, preferred, diagnostic.as_ref()));
            }
            actions.extend(self.suppression(finding, diagnostic.as_ref()));
        }
        let explain = self.explanation(finding);
        if !actions.contains(&explain) {
            actions.push(explain);
        }
    }

    /// The command that shows the page of a finding's rule. It is given as an action where that can
    /// be, since some clients have everything resolved that is offered, and a command cannot be.
    fn explanation(&self, finding: &Finding) -> CodeActionOrCommand {
        let name = finding.rule.name;
        let title = format!("explain `{name}`");
        let command = Command {
            title: title.clone(),
            command: EXPLAIN.to_owned(),
            arguments: Some(vec![json!(name)]),
        };
        if !self.view.world.client.action_literals {
            return command.into();
        }
        CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            command: Some(command),
            ..CodeAction::default()
        }
        .into()
    }

    /// The diagnostic that the client shows for a finding.
    fn diagnostic(&self, span: Span, finding: &Finding) -> Option<Diagnostic> {
        let range = self.view.range(span);
        let code = NumberOrString::String(finding.rule.name.to_owned());
        let shown = self.params.context.diagnostics.iter();
        let mut same =
            shown.filter(|shown| shown.range == range && shown.code == Some(code.clone()));
        same.find(|shown| shown.message.starts_with(&finding.message)).cloned()
    }

    fn fix(
        &self,
        fix: &Fix,
        preferred: bool,
        diagnostic: Option<&Diagnostic>,
    ) -> Option<CodeActionOrCommand> {
        let files = render(self.view.sources(), fix).ok()?;
        let action = self.quick_fix(fix.title.clone(), &files, diagnostic)?;
        let preferred = preferred && self.view.world.client.preferred_actions;
        Some(CodeAction { is_preferred: preferred.then_some(true), ..action }.into())
    }

    fn suppression(
        &self,
        finding: &Finding,
        diagnostic: Option<&Diagnostic>,
    ) -> Option<CodeActionOrCommand> {
        let edits = suppress(self.view.sources(), finding).ok()?;
        let title = format!("ignore `{}` here", finding.rule.name);
        Some(self.quick_fix(title, &[edits], diagnostic)?.into())
    }

    fn quick_fix(
        &self,
        title: String,
        files: &[FileEdits],
        diagnostic: Option<&Diagnostic>,
    ) -> Option<CodeAction> {
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: diagnostic.map(|diagnostic| vec![diagnostic.clone()]),
            edit: Some(workspace_edit(self.view.world, self.view.sources(), files)?),
            ..CodeAction::default()
        })
    }

    /// One action for each phase at a part of the document, for all that it does not declare.
    fn declarations(&self, part: Span, actions: &mut Vec<CodeActionOrCommand>) {
        if !self.wants(&CodeActionKind::QUICKFIX) || !self.view.world.client.action_literals {
            return;
        }
        let sources = self.view.sources();
        let all: Vec<&Finding> = workspace::fixing::findings(sources).collect();
        for fix in declare_all(sources, &all, (self.view.file, part)) {
            actions.extend(self.fix(&fix, false, None));
        }
    }

    /// A contract for the handlers in a part of the document that have none. What it says is found
    /// out when somebody chooses it.
    fn contract(&self, part: Span, actions: &mut Vec<CodeActionOrCommand>) {
        let (world, project) = (self.view.world, self.view.project);
        let kind = CodeActionKind::REFACTOR_EXTRACT;
        if !self.wants(&kind) || project.alone || !code_action_resolve::is_possible(world) {
            return;
        }
        if has_unclaimed(self.view.sources(), self.view.file, part) {
            let action = CodeAction {
                title: "create a contract from these handlers".to_owned(),
                kind: Some(kind),
                data: code_action_resolve::contract_for(self.view),
                ..CodeAction::default()
            };
            actions.push(action.into());
        }
    }

    /// All fixes of the document that keep its meaning, as far as they leave each other alone.
    fn fix_all(&self, actions: &mut Vec<CodeActionOrCommand>) {
        if !self.wants(&FIX_ALL) || !self.view.world.client.action_literals {
            return;
        }
        let mut all: Vec<FileEdits> = Vec::new();
        for (_, finding) in findings(self.view) {
            let Some(fix) = finding.safe_fix() else { continue };
            let Ok(files) = render(self.view.sources(), fix) else { continue };
            if !files.iter().any(|file| all.iter().any(|known| overlap(known, file))) {
                files.into_iter().for_each(|file| add(&mut all, file));
            }
        }
        if all.is_empty() {
            return;
        }
        let Some(edit) = workspace_edit(self.view.world, self.view.sources(), &all) else { return };
        let action = CodeAction {
            title: "apply all fixes that keep the meaning".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(edit),
            ..CodeAction::default()
        };
        actions.push(action.into());
    }
}

fn overlap(one: &FileEdits, other: &FileEdits) -> bool {
    one.path == other.path
        && one.edits.iter().any(|edit| other.edits.iter().any(|more| meet(edit.span, more.span)))
}
