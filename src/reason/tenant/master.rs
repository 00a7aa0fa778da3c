//! The master of column generation: an exact simplex method for many people and few coupling rows.
//!
//! Every persona has a row of its own (all its people get a set), and a handful of rows couple them (seats, rules). The
//! basis is kept in the form of Dantzig and Van Slyke (generalized upper bounding, 1967): one key column for each persona,
//! and a working basis as large as the coupling rows only. Its inverse is kept as integers over one common denominator and
//! changed by integer pivoting (Edmonds 1967, Bareiss 1968), so every price and every value is an exact fraction. Nothing
//! rests on rounding, and the same input takes the same path.

/// A column: something that there may be some amount of.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Whose set it is; none for seats bought, seats left over and the like.
    pub(super) persona: Option<usize>,
    pub(super) cost: i128,
    /// Its coefficients in the coupling rows.
    pub(super) entries: Vec<(usize, i128)>,
}

/// A restricted master problem at a feasible basis: least cost, all amounts at least 0.
pub(super) struct Master {
    rows: usize,
    people: Vec<i128>,
    pub(super) right: Vec<i128>,
    pub(super) columns: Vec<Column>,
    /// By persona: its key column.
    keys: Vec<usize>,
    /// By place in the working basis: the column.
    basis: Vec<usize>,
    /// The inverse of the working basis times `denominator`; row by place, column by coupling row.
    inverse: Vec<i128>,
    pub(super) denominator: i128,
    /// What the rows leave for the working basis once all people are given their key.
    rest: Vec<i128>,
}

/// Prices of the coupling rows, over the master's denominator.
pub(super) type Prices = Vec<i128>;

impl Master {
    /// A master at the basis of one key for each persona and one column for each row. The column of a row must have that
    /// row as its only entry, 1 or -1, and an amount of at least 0 there.
    pub(super) fn new(
        people: Vec<i128>,
        right: Vec<i128>,
        columns: Vec<Column>,
        keys: Vec<usize>,
        basis: Vec<usize>,
    ) -> Self {
        let rows = right.len();
        let mut inverse = vec![0; rows * rows];
        for (row, column) in basis.iter().enumerate() {
            let entry = columns[*column].entries.first();
            inverse[row * rows + row] = entry.map_or(1, |(_, entry)| *entry);
        }
        let mut master = Self {
            rows,
            people,
            rest: right.clone(),
            right,
            columns,
            keys,
            basis,
            inverse,
            denominator: 1,
        };
        for persona in 0..master.keys.len() {
            master.give(persona, master.keys[persona], -1);
        }
        master
    }

    /// Adds `times` all people of a persona with a column to what the rows leave.
    fn give(&mut self, persona: usize, column: usize, times: i128) {
        for (row, entry) in &self.columns[column].entries {
            self.rest[*row] += times * self.people[persona] * entry;
        }
    }

    /// Pivots until no column is worth more of; none if numbers grow beyond 128 bits or it takes too long.
    pub(super) fn optimize(&mut self) -> Option<Prices> {
        // Ties may run in circles under the steepest rule; then the first column is taken, which cannot (Bland 1977).
        let mut idle = 0;
        for _ in 0..200_000 {
            let prices = self.prices()?;
            let Some(entering) = self.entering(&prices, idle > 50)? else {
                return Some(prices);
            };
            if self.pivot(entering)? {
                idle = 0;
            } else {
                idle += 1;
            }
        }
        None
    }

    /// The prices of the rows at the present basis.
    fn prices(&self) -> Option<Prices> {
        let mut prices = vec![0i128; self.rows];
        for (place, column) in self.basis.iter().enumerate() {
            let column = &self.columns[*column];
            let key = column
                .persona
                .map_or(0, |persona| self.columns[self.keys[persona]].cost);
            let cost = column.cost - key;
            if cost == 0 {
                continue;
            }
            let row = &self.inverse[place * self.rows..(place + 1) * self.rows];
            for (price, entry) in prices.iter_mut().zip(row) {
                *price = price.checked_add(cost.checked_mul(*entry)?)?;
            }
        }
        Some(prices)
    }

    /// What a column costs beside what the rows pay for it, over the denominator.
    pub(super) fn reduced(&self, column: &Column, prices: &Prices) -> Option<i128> {
        let mut reduced = self.denominator.checked_mul(column.cost)?;
        for (row, entry) in &column.entries {
            reduced = reduced.checked_sub(prices[*row].checked_mul(*entry)?)?;
        }
        Some(reduced)
    }

    /// A column that lowers the cost, if there is one: the first, or the one that does so most for one unit of it.
    fn entering(&self, prices: &Prices, first: bool) -> Option<Option<usize>> {
        let keys = self
            .keys
            .iter()
            .map(|key| self.reduced(&self.columns[*key], prices));
        let keys: Vec<i128> = keys.collect::<Option<_>>()?;
        let mut best = (0i128, None);
        for (place, column) in self.columns.iter().enumerate() {
            let key = column.persona.map_or(0, |persona| keys[persona]);
            let reduced = self.reduced(column, prices)?.checked_sub(key)?;
            if reduced < best.0 {
                best = (reduced, Some(place));
                if first {
                    break;
                }
            }
        }
        Some(best.1)
    }

    /// What the working basis loses with each unit of a column, over the denominator.
    fn direction(&self, column: usize) -> Option<Vec<i128>> {
        let column = &self.columns[column];
        let mut against = vec![0i128; self.rows];
        for (row, entry) in &column.entries {
            against[*row] += entry;
        }
        if let Some(persona) = column.persona {
            for (row, entry) in &self.columns[self.keys[persona]].entries {
                against[*row] -= entry;
            }
        }
        self.times(&against)
    }

    /// The inverse, as it is kept, times a vector.
    fn times(&self, vector: &[i128]) -> Option<Vec<i128>> {
        let rows = self.inverse.chunks_exact(self.rows.max(1)).take(self.rows);
        rows.map(|row| {
            let mut pairs = row
                .iter()
                .zip(vector)
                .filter(|(entry, value)| **entry != 0 && **value != 0);
            pairs.try_fold(0i128, |sum, (entry, value)| {
                sum.checked_add(entry.checked_mul(*value)?)
            })
        })
        .collect()
    }

    /// By persona: the amounts of its columns in the working basis, or what they lose, added up.
    fn by_persona(&self, values: &[i128]) -> Vec<i128> {
        let mut sums = vec![0; self.keys.len()];
        for (column, value) in self.basis.iter().zip(values) {
            if let Some(persona) = self.columns[*column].persona {
                sums[persona] += value;
            }
        }
        sums
    }

    /// Takes a column into the basis; whether that changed any amount.
    fn pivot(&mut self, entering: usize) -> Option<bool> {
        let direction = self.direction(entering)?;
        let values = self.times(&self.rest)?;
        // The amount at which something runs out first, as a fraction, and what that is.
        let mut least: Option<(i128, i128, usize, Leaving)> = None;
        let mut consider = |value: i128, loss: i128, column: usize, leaving: Leaving| {
            if loss <= 0 {
                return Some(());
            }
            let is_less = match &least {
                None => true,
                Some((other, other_loss, other_column, _)) => {
                    let (one, other) = (value.checked_mul(*other_loss)?, other.checked_mul(loss)?);
                    (one, column) < (other, *other_column)
                }
            };
            if is_less {
                least = Some((value, loss, column, leaving));
            }
            Some(())
        };
        for (place, value) in values.iter().enumerate() {
            consider(
                *value,
                direction[place],
                self.basis[place],
                Leaving::Basic(place),
            )?;
        }
        let (amounts, losses) = (self.by_persona(&values), self.by_persona(&direction));
        let own = self.columns[entering].persona;
        for (persona, key) in self.keys.iter().enumerate() {
            let value = self.people[persona].checked_mul(self.denominator)? - amounts[persona];
            let taken = if own == Some(persona) {
                self.denominator
            } else {
                0
            };
            consider(value, taken - losses[persona], *key, Leaving::Key(persona))?;
        }
        let (value, _, _, leaving) = least?;
        match leaving {
            Leaving::Basic(place) => self.replace(place, entering, &direction)?,
            Leaving::Key(persona) => {
                let of_persona = |column: &usize| self.columns[*column].persona == Some(persona);
                match self.basis.iter().position(of_persona) {
                    None => {
                        self.give(persona, self.keys[persona], 1);
                        self.give(persona, entering, -1);
                        self.keys[persona] = entering;
                    }
                    Some(place) => {
                        self.make_key(persona, place)?;
                        let direction = self.direction(entering)?;
                        self.replace(place, entering, &direction)?;
                    }
                }
            }
        }
        Some(value > 0)
    }

    /// Makes a column of the working basis the key of its persona; the old key takes its place.
    fn make_key(&mut self, persona: usize, place: usize) -> Option<()> {
        let mut row: Vec<i128> = vec![0; self.rows];
        for (other, column) in self.basis.iter().enumerate() {
            if self.columns[*column].persona == Some(persona) {
                for (sum, entry) in row.iter_mut().zip(&self.inverse[other * self.rows..]) {
                    *sum = sum.checked_sub(*entry)?;
                }
            }
        }
        self.inverse[place * self.rows..(place + 1) * self.rows].copy_from_slice(&row);
        let (old, new) = (self.keys[persona], self.basis[place]);
        self.give(persona, old, 1);
        self.give(persona, new, -1);
        self.keys[persona] = new;
        self.basis[place] = old;
        Some(())
    }

    /// Integer pivoting: the column takes a place of the working basis.
    fn replace(&mut self, place: usize, entering: usize, direction: &[i128]) -> Option<()> {
        let pivot = direction[place];
        let pivotal = self.inverse[place * self.rows..(place + 1) * self.rows].to_vec();
        for (other, loss) in direction.iter().enumerate() {
            if other == place {
                continue;
            }
            let row = &mut self.inverse[other * self.rows..(other + 1) * self.rows];
            for (entry, pivotal) in row.iter_mut().zip(&pivotal) {
                let scaled = pivot.checked_mul(*entry)?;
                let change = loss.checked_mul(*pivotal)?;
                // The denominator divides what comes out: these are minors of an integer matrix.
                *entry = scaled.checked_sub(change)? / self.denominator;
            }
        }
        self.denominator = pivot;
        if pivot < 0 {
            self.denominator = -pivot;
            for entry in &mut self.inverse {
                *entry = -*entry;
            }
        }
        self.basis[place] = entering;
        Some(())
    }

    /// The amounts of all columns that are not 0, over the denominator, by column.
    pub(super) fn amounts(&self) -> Option<Vec<(usize, i128)>> {
        let values = self.times(&self.rest)?;
        let used = self.by_persona(&values);
        let mut amounts: Vec<(usize, i128)> = self
            .basis
            .iter()
            .copied()
            .zip(values.iter().copied())
            .collect();
        for (persona, key) in self.keys.iter().enumerate() {
            let all = self.people[persona].checked_mul(self.denominator)?;
            amounts.push((*key, all - used[persona]));
        }
        amounts.retain(|(_, amount)| *amount != 0);
        amounts.sort_unstable();
        Some(amounts)
    }
}

/// What leaves the basis.
enum Leaving {
    Basic(usize),
    Key(usize),
}
