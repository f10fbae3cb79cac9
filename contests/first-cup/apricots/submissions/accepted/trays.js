const [n, k] = require("fs").readFileSync(0, "utf8").split("\n").map(Number);
const trays = Math.ceil(n / k);
console.log(trays);
console.log(n - (trays - 1) * k);
