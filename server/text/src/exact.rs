//! Lists without room to grow.
//!
//! Facts are kept for every file of a workspace, and a list that grew has up to as much room again
//! as it needs. Asking for a smaller block often gives the same block back: an allocator that has
//! size classes saves itself the move while less than half of a block would come free. So the items
//! move to a block of their own here.

/// `items` in a list with room for just them.
#[must_use]
pub fn fitted<T>(mut items: Vec<T>) -> Vec<T> {
    if items.len() == items.capacity() {
        return items;
    }
    let mut exact = Vec::with_capacity(items.len());
    exact.append(&mut items);
    exact
}

/// `items` as a slice with room for just them.
#[must_use]
pub fn boxed<T>(items: Vec<T>) -> Box<[T]> {
    fitted(items).into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_room_goes() {
        let mut items = Vec::with_capacity(10);
        items.extend([1, 2, 3]);
        let exact = fitted(items);
        assert_eq!((exact.as_slice(), exact.capacity()), (&[1, 2, 3][..], 3));
        assert_eq!(&*boxed(exact), [1, 2, 3]);
    }
}
