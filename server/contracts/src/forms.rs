//! Forms of text that several kinds ask for.

use crate::schema::Pattern;

/// A length of time.
pub(crate) static DURATION: Pattern = Pattern::new(
    "a duration such as `200ms`, `10s`, `5m` or `1h`",
    r"^\s*[0-9]+(\.[0-9]+)?([mM][sS]|[sSmMhH])\s*$",
);

/// A share of a hundred.
pub(crate) static PERCENTAGE: Pattern = Pattern::new(
    "a percentage from 0 to 100 without the sign, such as `99.95`",
    r"^\s*0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)\s*$",
);

/// So much in a length of time.
pub(crate) static THROUGHPUT: Pattern = Pattern::new(
    "a rate such as `1000rps`, `600rpm`, `50qps` or `600qpm`",
    r"^\s*[0-9]+(\.[0-9]+)?[rRqQ][pP][sSmM]\s*$",
);

/// An address on the web.
pub(crate) static URL: Pattern = Pattern::frequent(
    "an address that begins with `https://` or `http://`",
    r"^\s*[hH][tT][tT][pP][sS]?:.+$",
    |text| text.starts_with("https://") && !text.contains('\n'),
);

/// A point in time, as JSON has it.
pub(crate) static DATE_TIME: Pattern = Pattern::new(
    "a time such as `2026-01-31T10:00:00Z`",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
);

/// Three numbers that tell versions apart.
pub(crate) static VERSION: Pattern = Pattern::new(
    "a version of three numbers such as `v1.4.2`",
    r"^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$",
);

/// What tells contents apart.
pub(crate) static SHA256: Pattern =
    Pattern::new("a hash that begins with `sha256:`", r"^sha256:[^\s]+$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_an_address_is_no_other() {
        URL.agrees(&[
            "https://a",
            "https://",
            "http://a",
            "https://a\nb",
            "https:/a",
            " https://a",
            "",
        ]);
    }
}
