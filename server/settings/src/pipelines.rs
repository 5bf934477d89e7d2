//! What a project says about its pipelines.

use crate::spanned::Spanned;

/// What settings say about one pipeline. It adds to the pipeline's contract and replaces nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PipelineSettings {
    /// Its id.
    pub name: Spanned<String>,
    /// Fields that are there before the first phase, as paths.
    pub inputs: Vec<Spanned<String>>,
    /// Fields that somebody outside reads afterwards, as paths.
    pub outputs: Vec<Spanned<String>>,
    /// Folders whose handlers belong to it: relative to the settings file, with `/`, without a `/`
    /// at the end; `.` is the settings file's own folder.
    pub folders: Vec<Spanned<String>>,
    /// Modules whose handlers belong to it, dotted; what lies inside a package belongs too.
    pub modules: Vec<Spanned<String>>,
    /// Handler classes that belong to it: a name, or with its module before it.
    pub classes: Vec<Spanned<String>>,
}

impl PipelineSettings {
    /// A pipeline about which nothing is said yet.
    #[must_use]
    pub fn new(name: Spanned<String>) -> PipelineSettings {
        PipelineSettings {
            name,
            inputs: Vec::new(),
            outputs: Vec::new(),
            folders: Vec::new(),
            modules: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// The entry that binds the file at `path`, relative to the settings file and with `/`.
    #[must_use]
    pub fn folder_of(&self, path: &str) -> Option<&Spanned<String>> {
        self.folders.iter().find(|folder| folder.value == "." || within(path, &folder.value, '/'))
    }

    /// The entry that binds the dotted `module`.
    #[must_use]
    pub fn module_of(&self, module: &str) -> Option<&Spanned<String>> {
        self.modules.iter().find(|entry| within(module, &entry.value, '.'))
    }

    /// The entry that binds the class of this name in the dotted `module`.
    #[must_use]
    pub fn class_of(&self, module: &str, class: &str) -> Option<&Spanned<String>> {
        self.classes.iter().find(|entry| {
            entry.value == class
                || entry.value.strip_suffix(class).and_then(|rest| rest.strip_suffix('.'))
                    == Some(module)
        })
    }
}

/// Whether `whole` is `start` or continues it after a `separator`.
fn within(whole: &str, start: &str, separator: char) -> bool {
    whole.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
}

#[cfg(test)]
mod tests {
    use text::span::Span;

    use super::*;

    #[test]
    fn handlers_are_bound_by_folder_module_and_class() {
        let at = |value: &str| Spanned::new(value.to_owned(), Span::empty(0));
        let mut pipeline = PipelineSettings::new(at("artisan"));
        pipeline.folders.push(at("handlers"));
        pipeline.modules.push(at("artisan.phases"));
        pipeline.classes.extend([at("PlanHandler"), at("other.module.DesignHandler")]);
        assert!(pipeline.folder_of("handlers/deep/plan.py").is_some());
        assert!(pipeline.folder_of("handlers_old/plan.py").is_none());
        assert!(pipeline.module_of("artisan.phases.plan").is_some());
        assert!(pipeline.module_of("artisan.phasesx").is_none());
        assert!(pipeline.class_of("any", "PlanHandler").is_some());
        assert!(pipeline.class_of("other.module", "DesignHandler").is_some());
        assert!(pipeline.class_of("any", "DesignHandler").is_none());
    }
}
