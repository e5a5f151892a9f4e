//! Which tokens a date may hold, so that a line without any is passed over.

use super::token::{En, Tok, Zh};

/// Whether a line with this token may hold a date: a flat table.
pub fn can_date(tok: Tok) -> bool {
    let bare =
        matches!(tok, Tok::Other | Tok::Latin | Tok::Name | Tok::Break | Tok::Zh(_) | Tok::Half);
    let sign = matches!(
        tok,
        Tok::Colon
            | Tok::Dot
            | Tok::Dash
            | Tok::Slash
            | Tok::Comma
            | Tok::Pause
            | Tok::Open
            | Tok::Close
            | Tok::At
            | Tok::Plus
            | Tok::Sign
            | Tok::End
    );
    let filler = matches!(
        tok,
        Tok::En(
            En::A
                | En::All
                | En::And
                | En::For
                | En::In
                | En::Is
                | En::My
                | En::Of
                | En::On
                | En::Or
                | En::The
                | En::To
                | En::At
                | En::By
                | En::From
                | En::LoneA
        )
    );
    let starts = matches!(
        tok,
        Tok::Zh(
            Zh::MonthEnd
                | Zh::YearEnd
                | Zh::QuarterEnd
                | Zh::OffWork
                | Zh::OnWork
                | Zh::Weeks(_)
                | Zh::Feast
                | Zh::Every
                | Zh::Half(_)
                | Zh::AllDay
                | Zh::Few
                | Zh::MonthStart
                | Zh::MonthMiddle
                | Zh::Ten(_)
                | Zh::Month
                | Zh::YearStart
                | Zh::Skip
                | Zh::Nightly
                | Zh::Short(_)
        ) | Tok::Half
    );
    starts || !(bare || sign || filler)
}
