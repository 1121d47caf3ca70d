"""Help of what is made known and of remarks."""

from canbo.web.help.page import HelpPage

PAGES: dict[str, HelpPage] = {
    "disclosures": HelpPage(
        title="Công khai, góp ý",
        purpose="Các danh sách được công khai cho cán bộ, đảng viên nơi bạn làm việc, trong thời gian công khai.",
        steps=("Bấm tên danh sách để xem và góp ý.", "Người phụ trách xem thêm danh sách sắp tới, đã hết hạn, đã gỡ."),
        mistakes=("Hết thời gian công khai thì danh sách không còn ở đây, không phải lỗi.",),
    ),
    "disclosure": HelpPage(
        title="Một danh sách công khai",
        purpose="Danh sách đúng như khi công khai, thời gian, văn bản và chỗ góp ý.",
        steps=(
            "Xem danh sách; bấm “In” để in.", "Viết góp ý rồi bấm “Gửi góp ý”.",
            "Người phụ trách: tải “Thông báo” để niêm yết, ghi góp ý nhận bằng giấy, gỡ trước thời hạn khi có sai sót.",
        ),
        mistakes=(
            "Gửi đơn tố cáo ở đây: đơn tố cáo gửi cơ quan kiểm tra, thanh tra.",
            "Sửa danh sách đã công khai: không sửa được; gỡ rồi công khai danh sách mới.",
        ),
    ),
    "disclosure-remarks-own": HelpPage(
        title="Góp ý của tôi",
        purpose="Những góp ý bạn đã gửi, đang ở bước nào và được trả lời ra sao.",
        steps=("Đọc trả lời ngay dưới góp ý.",),
        mistakes=("Chỉ có góp ý gửi bằng tài khoản này; góp ý trên giấy không hiện ở đây.",),
    ),
    "disclosure-remarks": HelpPage(
        title="Góp ý nhận được",
        purpose="Góp ý về các danh sách đơn vị đã công khai: chờ xem, chờ trả lời, đã xong. Tên người góp ý được niêm phong.",
        steps=("Bấm góp ý để đọc.", "Ghi nhận hoặc không ghi nhận kèm lý do.", "Góp ý đã ghi nhận thì trả lời."),
        mistakes=("Góp ý có nội dung tố cáo: chuyển cơ quan kiểm tra, thanh tra và chỉ ghi phiếu chuyển.",),
    ),
    "disclosure-remark": HelpPage(
        title="Một góp ý",
        purpose="Đọc, ghi nhận và trả lời một góp ý.",
        steps=("Bấm “Ghi nhận, sẽ trả lời”, hoặc ghi lý do rồi bấm “Không ghi nhận”.", "Viết trả lời, bấm “Ghi trả lời”."),
        mistakes=("Trả lời rồi thì không xét lại được.", "Đoán xem góp ý của người nào: họ tên đã được niêm phong."),
    ),
}  # fmt: skip
