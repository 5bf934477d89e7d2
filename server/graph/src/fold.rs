//! Effect trees to summaries.
