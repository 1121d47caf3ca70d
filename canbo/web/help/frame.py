"""Help of the frame: overview, search, help itself, one's account."""

from canbo.web.help.page import HelpPage

PAGES = {
    "home": HelpPage(
        title="Tổng quan",
        purpose="Trang mở ra sau khi đăng nhập: những con số chính của đơn vị hôm nay và những việc đang chờ bạn.",
        steps=(
            "Xem góc trên bên phải để biết bạn đang làm việc với vai trò nào, cho đơn vị nào; có nhiều vai trò thì chọn lại rồi bấm “Đổi”.",
            "Bấm vào một việc trong “Việc cần làm” để mở đúng danh sách phải xử lý.",
            "Bấm vào một con số để xem những người đứng sau con số đó.",
        ),
        mistakes=(
            "Thấy ít người hơn mong đợi: thường do đang dùng vai trò của một đơn vị khác, không phải do mất hồ sơ.",
            "Số liệu luôn tính đến ngày ghi trên trang; muốn ngày khác thì mở trang Thống kê hoặc Hồ sơ.",
        ),
    ),
    "search": HelpPage(
        title="Tìm kiếm",
        purpose="Tìm nhanh từ mọi trang: người, đơn vị, chức danh, văn bản và trang hướng dẫn.",
        steps=(
            "Bấm Ctrl+K (hoặc bấm vào ô tìm ở đầu trang) rồi gõ, không cần dấu: “nguyen van duc” tìm ra Nguyễn Văn Đức.",
            "Gõ đủ 12 chữ số để tìm theo số định danh, nếu vai trò của bạn được xem số định danh.",
            "Bấm vào kết quả để mở; bấm “Xem tất cả” để mở cả danh sách.",
        ),
        mistakes=(
            "Không thấy người cần tìm: chỉ tìm được trong phạm vi đơn vị bạn được giao.",
            "Số định danh phải đủ 12 chữ số; gõ thiếu thì không tìm.",
        ),
    ),
    "help": HelpPage(
        title="Trợ giúp",
        purpose="Danh sách mọi trang hướng dẫn; mỗi trang của chương trình có một trang hướng dẫn riêng.",
        steps=(
            "Từ bất cứ trang nào, bấm “Trợ giúp” ở đầu trang để mở đúng hướng dẫn của trang đó.",
            "Ngày đầu tiên, hãy đọc “Bắt đầu trong một giờ”.",
            "Vẫn chưa rõ thì tìm theo từ khóa ở ô tìm đầu trang.",
        ),
        mistakes=("Hướng dẫn không chứa số liệu của đơn vị; cần số liệu hãy mở trang Thống kê.",),
    ),
    "help-page": HelpPage(
        title="Trang hướng dẫn",
        purpose="Nói một trang dùng để làm gì, ba bước làm và những chỗ hay nhầm.",
        steps=(
            "Đọc phần “Để làm gì” trước.",
            "Làm lần lượt các bước; bấm “Mở trang này” nếu có.",
            "Xem “Hay nhầm” khi kết quả không như mong đợi.",
        ),
        mistakes=("Nút “Mở trang này” chỉ có khi vai trò đang dùng được xem trang ấy.",),
    ),
    "first-hour": HelpPage(
        title="Bắt đầu trong một giờ",
        purpose="Đường đi ngắn nhất từ tệp Excel đang có đến danh sách trích ngang và bảng thống kê in được.",
        steps=(
            "Chuẩn bị tệp danh sách đang dùng, để nguyên như cũ.",
            "Làm theo từng chặng trên trang, mỗi chặng có đường dẫn mở đúng trang.",
            "Dừng lại lúc nào cũng được; việc đang dở có trong “Việc cần làm” ở trang Tổng quan.",
        ),
        mistakes=("Không cần sửa tệp Excel cho đúng mẫu trước khi nhập; chương trình tự nhận cột.",),
    ),
    "account_change_password": HelpPage(
        title="Đổi mật khẩu",
        purpose="Đổi mật khẩu của chính bạn.",
        steps=(
            "Nhập mật khẩu đang dùng.",
            "Nhập mật khẩu mới hai lần, ít nhất 10 ký tự; một câu dài dễ nhớ tốt hơn một từ khó.",
            "Bấm “Đổi mật khẩu”; lần đăng nhập sau dùng mật khẩu mới.",
        ),
        mistakes=("Quên mật khẩu đang dùng: liên hệ người quản trị của cơ quan, chương trình không gửi mật khẩu qua thư.",),
    ),
}
