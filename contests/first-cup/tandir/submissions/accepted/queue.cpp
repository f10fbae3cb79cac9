#include <algorithm>
#include <iostream>
#include <queue>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<std::pair<int, int>> orders(n);
    for (auto &[leaves, minutes] : orders) std::cin >> minutes >> leaves;
    std::sort(orders.begin(), orders.end());
    std::priority_queue<int> taken;
    long long busy = 0;
    for (auto [leaves, minutes] : orders) {
        taken.push(minutes);
        busy += minutes;
        if (busy > leaves) {
            busy -= taken.top();
            taken.pop();
        }
    }
    std::cout << taken.size() << '\n';
}
