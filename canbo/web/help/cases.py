"""Help of cases and ballots."""

from canbo.web.help.page import HelpPage

PAGES = {
    "cases": HelpPage(
        title="Việc theo quy trình",
        purpose="Các việc bổ nhiệm, đánh giá đang đi theo từng bước của quy trình, việc nào đang chờ ai.",
        steps=(
            "Chọn thẻ tình trạng, loại việc hoặc “Việc tôi làm được” rồi bấm “Lọc”.",
            "Bấm tên việc để xem các bước và ghi bước đang chờ.",
            "Bấm “Mở việc bổ nhiệm” để bắt đầu việc mới.",
        ),
        mistakes=("Việc mật hoặc chưa xác định chỉ hiện số, ngày và nơi giữ hồ sơ giấy.",),
    ),
    "case-new": HelpPage(
        title="Mở việc bổ nhiệm",
        purpose="Xác định độ mật, xem quy trình của ngày bắt đầu, chọn chức danh và người được xem xét.",
        steps=(
            "Chọn độ mật, đơn vị, ngày bắt đầu rồi bấm “Tiếp tục”.",
            "Đọc các bước của quy trình; ghi ai xác định độ mật, đã đối chiếu mục nào.",
            "Chọn chức danh, tìm người, xem kết quả tiêu chuẩn bên cạnh tên, đánh dấu người cần thêm.",
            "Bấm “Mở việc”.",
        ),
        mistakes=(
            "Ngày bắt đầu quyết định quy trình áp dụng cho đến khi xong việc.",
            "Kết quả tiêu chuẩn chỉ để tham khảo; mở việc không bị chặn vì hồ sơ còn thiếu.",
        ),
    ),
    "case": HelpPage(
        title="Một việc theo quy trình",
        purpose="Các bước đã làm, bước đang chờ, thời hạn, văn bản và lịch sử của một việc.",
        steps=(
            "Xem khung “đang làm”: việc phải làm, người làm, điều khoản, điều còn thiếu.",
            "Điền biểu mẫu của việc đó rồi bấm nút ghi; hai lần kiểm phiếu phải khớp nhau.",
            "Bước cho giới thiệu thêm người: ghi họ tên, đơn vị ở “Giới thiệu thêm người” trước khi kiểm phiếu.",
            "Ghi văn bản kèm bản quét vào hồ sơ của việc; in phiếu, biên bản ở “Mẫu in”.",
        ),
        mistakes=(
            "Dòng đã ghi không sửa được; ghi sai thì trả lại bước để làm lại.",
            "Người khác ghi trước thì tải lại trang rồi ghi tiếp.",
            "Đang bỏ phiếu trên màn hình thì đóng lần bỏ phiếu rồi mới giới thiệu thêm.",
        ),
    ),
    "case-ballot": HelpPage(
        title="Bỏ phiếu trên màn hình",
        purpose="Mở, đóng một lần bỏ phiếu bằng mã khi nơi triệu tập đã quyết định; phiếu giấy vẫn là cách thường làm.",
        steps=(
            "Điểm danh xong, ghi văn bản quyết định rồi bấm “Mở và hiện mã”.",
            "In ngay, cắt rời, xáo trộn, phát mỗi người có mặt một mã.",
            "Người bỏ phiếu mở trang bỏ phiếu trên điện thoại, gõ mã, chọn, xem lại, bỏ phiếu.",
            "Bấm “Đóng, đếm phiếu”; ban kiểm phiếu kiểm lại và ghi hai lần.",
        ),
        mistakes=("Mã chỉ hiện một lần; đóng trang mà chưa in thì phải mở lần khác.", "Không ghi ai nhận mã nào."),
    ),
}
