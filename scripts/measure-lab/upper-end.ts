/**
 * The upper end of the exact 95 % interval (two-sided, after Garwood) of a Poisson mean of which so many events were counted: 3.69 for
 * none, 5.57 for one.
 */
export function upperEnd(events: number, tail = 0.025): number {
  // Up to so many events or fewer are as unlikely as the tail.
  const upTo = (mean: number): number => {
    let term = Math.exp(-mean)
    let sum = term
    for (let n = 1; n <= events; n++) {
      term *= mean / n
      sum += term
    }
    return sum
  }
  let [low, high] = [events, 2 * events + 20]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (upTo(middle) > tail) low = middle
    else high = middle
  }
  return high
}
