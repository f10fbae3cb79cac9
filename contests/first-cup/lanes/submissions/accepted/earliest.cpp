// Coming earlier is never worse, for one may wait: the earliest hour of each village is enough.
#include <iostream>
#include <queue>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, m;
    std::cin >> n >> m;
    std::vector<std::vector<std::pair<int, int>>> roads(n + 1);
    for (int i = 0; i < m; i++) {
        int a, b;
        std::cin >> a >> b;
        roads[a].push_back({b, 0});
        roads[b].push_back({a, 1});
    }
    std::vector<int> earliest(n + 1, -1);
    using Stop = std::pair<int, int>;
    std::priority_queue<Stop, std::vector<Stop>, std::greater<Stop>> queue;
    queue.push({0, 1});
    while (!queue.empty()) {
        auto [hour, village] = queue.top();
        queue.pop();
        if (earliest[village] >= 0) continue;
        earliest[village] = hour;
        for (auto [other, parity] : roads[village])
            if (earliest[other] < 0) queue.push({hour + (hour % 2 != parity) + 1, other});
    }
    std::cout << earliest[n] << '\n';
}
