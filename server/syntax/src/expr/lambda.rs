//! Lambdas and their parameters.

use super::parser::{Parsed, Parser};
use super::primary::error;
use super::{Expr, Kind};

/// What has been read of a list of parameters.
#[derive(Default)]
struct Parameters {
    names: Vec<String>,
    defaults: Vec<Expr>,
    /// A parameter before the star has a default, so that those behind it need one.
    default_given: bool,
    slash: bool,
    star: bool,
}

impl Parser<'_> {
    /// From `lambda`.
    pub(super) fn lambda(&mut self) -> Parsed {
        let start = self.advance();
        let mut parameters = Parameters::default();
        while !self.is(":") {
            let last = self.parameter(&mut parameters)?;
            if !self.take(",") || last {
                break;
            }
        }
        self.expect(":")?;
        let body = self.expression()?;
        let span = start.cover(body.outer);
        let Parameters { names, defaults, .. } = parameters;
        self.part(span, Kind::Lambda(names, defaults, body.expr))
    }

    /// One parameter, `/` or `*`; whether it must be the last.
    fn parameter(&mut self, parameters: &mut Parameters) -> Parsed<bool> {
        let place = self.span();
        if self.take("/") {
            if parameters.slash || parameters.star || parameters.names.is_empty() {
                return Err(error(place, "`/` stands once, behind parameters and before `*`"));
            }
            parameters.slash = true;
            return Ok(false);
        }
        if self.take("**") {
            parameters.names.push(self.expect_name()?.0);
            return Ok(true);
        }
        if self.take("*") {
            if parameters.star {
                return Err(error(place, "`*` stands once among parameters"));
            }
            parameters.star = true;
            if self.is_name() {
                parameters.names.push(self.expect_name()?.0);
                return Ok(false);
            }
            // A bare star must have a parameter behind it.
            self.expect(",")?;
        }
        self.plain_parameter(parameters)?;
        Ok(false)
    }

    fn plain_parameter(&mut self, parameters: &mut Parameters) -> Parsed<()> {
        let (name, place) = self.expect_name()?;
        parameters.names.push(name);
        if self.take("=") {
            parameters.defaults.push(*self.expression()?.expr);
            parameters.default_given |= !parameters.star;
        } else if parameters.default_given && !parameters.star {
            return Err(error(place, "a parameter without default follows one with"));
        }
        Ok(())
    }
}
