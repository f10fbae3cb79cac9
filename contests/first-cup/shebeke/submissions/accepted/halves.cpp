// The panes, sorted by colour with the most frequent first, are cut into two halves that are laid in turn.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int k;
    std::cin >> k;
    std::vector<std::pair<int, int>> colours;
    int total = 0;
    for (int c = 1; c <= k; c++) {
        int many;
        std::cin >> many;
        total += many;
        colours.push_back({-many, c});
    }
    std::sort(colours.begin(), colours.end());
    if (-colours[0].first > total / 2) {
        std::cout << "NO\n";
        return 0;
    }
    std::vector<int> line;
    for (auto [minus, c] : colours) line.insert(line.end(), -minus, c);
    int half = (total + 1) / 2;
    std::cout << "YES\n";
    for (int i = 0; i < half; i++) {
        if (i) std::cout << ' ';
        std::cout << line[i];
        if (half + i < total) std::cout << ' ' << line[half + i];
    }
    std::cout << '\n';
}
