//! Points from a table: one row a point, one column a parameter.

use super::{Factor, Level};
use crate::table::counted;

/// Reads a CSV file whose first line names the parameters. A column is of numbers, of true and false, or else of text.
pub fn read_points(bytes: &[u8]) -> Result<Factor, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let names: Vec<String> = reader.headers().map_err(in_words)?.iter().map(str::to_string).collect();
    if let Some(place) = names.iter().position(String::is_empty) {
        return Err(format!("line 1: column {} has no name", place + 1));
    }
    if let Some(name) = names.iter().enumerate().find_map(|(place, name)| names[..place].contains(name).then_some(name))
    {
        return Err(format!("line 1: there are two columns {name}"));
    }
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    let mut lines = Vec::new();
    for row in reader.records() {
        let row = row.map_err(in_words)?;
        lines.push(row.position().map_or(0, csv::Position::line));
        for (column, field) in columns.iter_mut().zip(row.iter()) {
            column.push(field.to_string());
        }
    }
    if lines.is_empty() {
        return Err("there is no point below the line of names".into());
    }
    let columns: Vec<Vec<Level>> =
        names.iter().zip(&columns).map(|(name, column)| levels(name, column, &lines)).collect::<Result<_, _>>()?;
    let points: Vec<Vec<Level>> =
        (0..lines.len()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
    for (row, point) in points.iter().enumerate() {
        if let Some(first) = points[..row].iter().position(|other| other == point) {
            return Err(format!("line {}: the point of line {} stands there again", lines[row], lines[first]));
        }
    }
    Ok(Factor { names, points })
}

fn levels(name: &str, column: &[String], lines: &[u64]) -> Result<Vec<Level>, String> {
    if let Some(row) = column.iter().position(String::is_empty) {
        return Err(format!("line {}: {name} has no value", lines[row]));
    }
    let number = |text: &String| text.parse().ok().filter(|number: &f64| number.is_finite());
    if let Some(numbers) = column.iter().map(number).collect::<Option<Vec<f64>>>() {
        return Ok(numbers.into_iter().map(|number| Level::Number(number + 0.0)).collect());
    }
    if let Some(flags) = column.iter().map(|text| text.parse().ok()).collect::<Option<Vec<bool>>>() {
        return Ok(flags.into_iter().map(Level::Flag).collect());
    }
    // Some numbers and one word: far more often a slip of the pen than a column of words.
    let odd = column.iter().position(|text| number(text).is_none()).expect("not all are numbers");
    match column.iter().filter(|text| number(text).is_some()).count() {
        0 => Ok(column.iter().cloned().map(Level::Text).collect()),
        _ => Err(format!(
            "line {}: {name}: \"{}\" is no number, but other values of {name} are; numbers and words cannot be mixed",
            lines[odd], column[odd]
        )),
    }
}

fn in_words(error: csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("line {line}: {} for {}", counted(len, "value"), counted(expected_len, "parameter"))
        }
        csv::ErrorKind::Utf8 { .. } => format!("line {line}: not text in UTF-8"),
        _ => format!("line {line}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_points_has_typed_columns() {
        let read = read_points(b"k, rule ,on\n4,simple,true\n8,\"a, b\",false\n").unwrap();
        assert_eq!(read.names, ["k", "rule", "on"]);
        let second = [Level::Number(8.0), Level::Text("a, b".into()), Level::Flag(false)];
        assert_eq!(read.points[1], second);
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_with_its_line() {
        let said = |text: &str| read_points(text.as_bytes()).unwrap_err();
        assert_eq!(said("k,n\n1,2\n3\n"), "line 3: 1 value for 2 parameters");
        assert_eq!(said("k,k\n1,2\n"), "line 1: there are two columns k");
        assert_eq!(said("k,\n1,2\n"), "line 1: column 2 has no name");
        assert_eq!(said("k\n1\n\"\"\n"), "line 3: k has no value");
        assert!(said("k\n1\nO.5\n").starts_with("line 3: k: \"O.5\" is no number, but other values of k are"));
        assert_eq!(said("k,n\n1,2\n2,2\n1,2\n"), "line 4: the point of line 2 stands there again");
        assert_eq!(said("k\n"), "there is no point below the line of names");
    }
}
