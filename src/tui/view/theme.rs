//! How pieces look. The terminal's own palette, no ground of our own: it is readable on light and on dark.

use crate::render::Tone;
use crate::tui::look::Look;
use crate::tui::picture::Ground;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// The style of a piece.
pub(super) fn style(look: Look, tone: Tone) -> Style {
    let plain = Style::new();
    let colored = |style: Style, color| match look.color {
        true => style.fg(color),
        false => style,
    };
    match tone {
        Tone::Plain => plain,
        Tone::Strong => plain.add_modifier(Modifier::BOLD),
        Tone::Faint => plain.add_modifier(Modifier::DIM),
        Tone::Code => colored(plain, accent(look.ground)),
        Tone::Link => colored(
            plain.add_modifier(Modifier::UNDERLINED),
            match look.ground {
                Some(Ground::Dark) => Color::LightBlue,
                Some(Ground::Light) | None => Color::Blue,
            },
        ),
        Tone::Match => plain.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
    }
}

/// The color of ids and of the frame with the focus. Of the sixteen, cyan is faint on white in most palettes.
fn accent(ground: Option<Ground>) -> Color {
    match ground {
        Some(Ground::Light) => Color::Magenta,
        Some(Ground::Dark) | None => Color::Cyan,
    }
}

/// The frame of a pane.
pub(super) fn border_set(look: Look) -> border::Set<'static> {
    const ASCII: border::Set<'_> = border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    };
    if look.ascii { ASCII } else { border::PLAIN }
}

/// The style of a frame.
pub(super) fn border_style(look: Look, has_focus: bool) -> Style {
    match (has_focus, look.color) {
        (true, true) => Style::new()
            .fg(accent(look.ground))
            .add_modifier(Modifier::BOLD),
        (true, false) => Style::new().add_modifier(Modifier::BOLD),
        (false, _) => Style::new().add_modifier(Modifier::DIM),
    }
}

/// The style of what is turned around: titles with the focus, the banner.
pub(super) fn reversed() -> Style {
    Style::new().add_modifier(Modifier::REVERSED.union(Modifier::BOLD))
}

/// The sign before a row whose rows below are shown or hidden.
pub(super) fn fold_sign(look: Look, is_open: bool) -> &'static str {
    match (look.ascii, is_open) {
        (false, true) => "▾ ",
        (false, false) => "▸ ",
        (true, true) => "v ",
        (true, false) => "> ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(color: bool, ground: Option<Ground>) -> Look {
        Look {
            color,
            ground,
            ascii: false,
            mouse: false,
        }
    }

    #[test]
    fn colors_follow_the_ground() {
        let code = |ground| style(look(true, ground), Tone::Code).fg;
        assert_eq!(code(Some(Ground::Dark)), Some(Color::Cyan));
        assert_eq!(code(Some(Ground::Light)), Some(Color::Magenta));
        assert_eq!(code(None), Some(Color::Cyan));
        let link = |ground| style(look(true, ground), Tone::Link).fg;
        assert_eq!(link(Some(Ground::Dark)), Some(Color::LightBlue));
        assert_eq!(link(Some(Ground::Light)), Some(Color::Blue));
    }

    #[test]
    fn without_color_the_ground_does_not_matter() {
        for ground in [Some(Ground::Dark), Some(Ground::Light), None] {
            assert_eq!(style(look(false, ground), Tone::Code).fg, None);
            assert_eq!(style(look(false, ground), Tone::Link).fg, None);
            assert_eq!(border_style(look(false, ground), true).fg, None);
        }
    }
}
