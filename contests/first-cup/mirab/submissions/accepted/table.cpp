#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <vector>

int n, start;
std::vector<int> x, r;
std::vector<std::vector<int>> known[2];

// Earliest second at which gates i..j are shut but for one end, which has just been opened: i (side 0) or j (side 1).
int earliest(int i, int j, int side) {
    int &answer = known[side][i][j];
    if (answer >= 0) return answer;
    int here = side == 0 ? i : j;
    int best = 2000000000;
    if (i == 0 && j == n - 1) best = std::abs(start - x[here]);
    if (i > 0) best = std::min(best, earliest(i - 1, j, 0) + x[here] - x[i - 1]);
    if (j < n - 1) best = std::min(best, earliest(i, j + 1, 1) + x[j + 1] - x[here]);
    return answer = std::max(best, r[here]);
}

int main() {
    std::cin >> n >> start;
    x.resize(n);
    r.resize(n);
    for (int i = 0; i < n; i++) std::cin >> x[i] >> r[i];
    for (auto &side : known) side.assign(n, std::vector<int>(n, -1));
    int best = 2000000000;
    for (int i = 0; i < n; i++) best = std::min(best, earliest(i, i, 0));
    std::cout << best << '\n';
}
