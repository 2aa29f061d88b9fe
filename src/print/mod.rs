//! What a PDF needs after Typst: real pictures in place of their stand-ins, and
//! for the press boxes and inks. Knows PDF objects; knows no layout and no article.
