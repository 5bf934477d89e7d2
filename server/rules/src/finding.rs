//! What a rule reports.

use contracts::path::FieldPath;
use facts::places::Anchor;
use text::name::Name;

use crate::fix::Fix;
use crate::level::Level;
use crate::rule::Rule;

/// One thing that is wrong, at one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// How grave it is.
    pub level: Level,
    /// What is wrong: lower case, names in backticks, no final stop.
    pub message: String,
    /// The smallest place that is at fault.
    pub at: Anchor,
    /// A few words for the place itself: `required here, severity blocking`. May be empty.
    pub label: String,
    /// The other side of the story.
    pub related: Vec<Related>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to do, one way each.
    pub help: Vec<String>,
    /// The pipeline it is about.
    pub pipeline: Option<Name>,
    /// The phase it is about.
    pub phase: Option<Name>,
    /// The field it is about.
    pub field: Option<FieldPath>,
    /// Edits on offer, the best first.
    pub fixes: Vec<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// Where.
    pub at: Anchor,
    /// What is there.
    pub message: String,
}

impl Finding {
    /// A finding of `rule`, with nothing but its message.
    #[must_use]
    pub fn new(rule: &'static Rule, level: Level, at: Anchor, message: String) -> Finding {
        Finding {
            rule,
            level,
            message,
            at,
            label: String::new(),
            related: Vec::new(),
            why: None,
            help: Vec::new(),
            pipeline: None,
            phase: None,
            field: None,
            fixes: Vec::new(),
        }
    }

    /// With a few words for the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = label.into();
        self
    }

    /// With another place.
    #[must_use]
    pub fn related(mut self, at: Anchor, message: impl Into<String>) -> Finding {
        self.related.push(Related { at, message: message.into() });
        self
    }

    /// With the reason why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Finding {
        self.why = Some(why.into());
        self
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help.push(help.into());
        self
    }

    /// About a field of a phase.
    #[must_use]
    pub fn about(mut self, phase: Name, field: FieldPath) -> Finding {
        self.phase = Some(phase);
        self.field = Some(field);
        self
    }

    /// With an edit on offer.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fixes.push(fix);
        self
    }

    /// The fix that `--fix` would apply, if there is one.
    #[must_use]
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.safe)
    }
}
