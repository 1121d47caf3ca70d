"""Help of the lists."""

from canbo.web.help.page import HelpPage

PAGES = {
    "people": HelpPage(
        title="Hồ sơ",
        purpose="Danh sách những người trong phạm vi bạn được giao, đúng vào một ngày; từ đây mở từng hồ sơ hoặc xuất danh sách.",
        steps=(
            "Gõ họ tên không dấu, chọn đơn vị hoặc đặt điều kiện lọc rồi bấm “Tìm”.",
            "Bấm vào họ tên để mở hồ sơ.",
            "Bấm “Xuất Excel”: tệp có đúng những dòng và cột đang thấy trên màn hình.",
        ),
        mistakes=(
            "Danh sách trống vì ô “Tính đến ngày” còn để một ngày cũ; bấm “Bỏ lọc” để về hôm nay.",
            "“Đơn vị tôi” chỉ gồm người của chính đơn vị bạn; “Đơn vị tôi quản lý” gồm cả đơn vị bên dưới.",
        ),
    ),
    "facts": HelpPage(
        title="Các dữ kiện",
        purpose="Những tên dùng được khi lọc danh sách và khi thống kê, kèm giá trị và ví dụ.",
        steps=(
            "Tìm dữ kiện cần dùng theo nhóm.",
            "Chép ví dụ ở cột cuối vào ô “Lọc theo điều kiện”.",
            "Ghép nhiều điều kiện bằng and, or, not.",
        ),
        mistakes=("Người chưa rõ dữ kiện không được tính là “không”; tìm họ bằng not known(…).",),
    ),
    "people-columns": HelpPage(
        title="Chọn cột",
        purpose="Chọn những cột của danh sách và thứ tự của chúng; lần sau mở vẫn như vậy.",
        steps=(
            "Đánh dấu các cột cần.",
            "Đổi thứ tự nếu muốn.",
            "Bấm “Ghi”; tệp xuất ra cũng có đúng các cột ấy.",
        ),
        mistakes=("Chỉ chọn được cột thuộc nhóm thông tin mà vai trò đang dùng được xem.",),
    ),
    "people-batch": HelpPage(
        title="Đã ghi cho nhiều người",
        purpose="Những người vừa được ghi cùng một bản ghi; ghi nhầm thì hoàn tác cho tất cả bằng một nút.",
        steps=("Xem lại những người đã được ghi.", "Nếu ghi nhầm, nêu lý do.", "Bấm “Hoàn tác lần ghi này”."),
        mistakes=("Không hoàn tác được khi đã có người sửa một trong các hồ sơ ấy; hãy sửa từng hồ sơ.",),
    ),
    "people-views": HelpPage(
        title="Bộ lọc đã lưu",
        purpose="Những danh sách bạn đã lưu: cột, điều kiện, thứ tự; mở lại bằng một lần bấm.",
        steps=(
            "Từ danh sách, bấm lưu bộ lọc và đặt tên.",
            "Bấm vào tên để mở lại.",
            "Chia sẻ với đơn vị nếu đồng nghiệp cũng cần.",
        ),
        mistakes=("Người được chia sẻ chỉ thấy những gì vai trò của chính họ được xem.",),
    ),
    "people-picked": HelpPage(
        title="Người đã chọn",
        purpose="Những người vừa đánh dấu trong danh sách và những việc làm được cho tất cả họ một lần.",
        steps=(
            "Xem lại danh sách người.",
            "Chọn việc: ghi thêm một mục, in lý lịch, xuất danh sách.",
            "Bấm thực hiện; xem kết quả từng người.",
        ),
        mistakes=("Bỏ sót người: quay lại danh sách đánh dấu thêm, các dấu cũ vẫn còn.",),
    ),
    "people-add-record": HelpPage(
        title="Ghi thêm cho nhiều người",
        purpose="Ghi cùng một mục, ví dụ một lớp bồi dưỡng, vào hồ sơ của nhiều người một lần.",
        steps=(
            "Điền mục cần ghi và văn bản làm căn cứ.",
            "Xem trước ai sẽ được ghi.",
            "Bấm “Ghi”; tất cả là một việc trong nhật ký.",
        ),
        mistakes=("Hồ sơ đã có mục ấy thì không ghi lặp.",),
    ),
    "body-order": HelpPage(
        title="Thứ tự thành viên",
        purpose="Thứ tự của các thành viên một tập thể theo đúng quyết định, dùng khi in danh sách.",
        steps=(
            "Chọn tập thể.",
            "Gõ số thứ tự của từng người theo văn bản.",
            "Bấm “Ghi”.",
        ),
        mistakes=("Danh sách chỉ theo thứ tự này khi chọn sắp theo tập thể.",),
    ),
    "roll": HelpPage(
        title="Danh sách trích ngang",
        purpose="Lập bảng trích ngang: chọn cột, nhóm, tiêu đề gộp, nơi ký; xem trên màn hình rồi lấy Excel hoặc Word.",
        steps=(
            "Chọn người bằng điều kiện hoặc từ danh sách.",
            "Chọn cột, cách chia nhóm, khổ giấy, thể thức Đảng hay Nhà nước.",
            "Xem bảng, rồi tải Excel hoặc Word để in.",
        ),
        mistakes=("Bảng rộng thì chọn A3 hoặc bớt cột.", "Ô trống là hồ sơ chưa có, không phải là “không”.",),
    ),
}
